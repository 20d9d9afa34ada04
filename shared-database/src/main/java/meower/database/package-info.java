/** How every service with rows of its own talks to Postgres. */
@NullMarked
package meower.database;

import org.jspecify.annotations.NullMarked;
