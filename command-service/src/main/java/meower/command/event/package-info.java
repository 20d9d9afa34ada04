/** What happened to meows, as rows of Postgres. */
@NullMarked
package meower.command.event;

import org.jspecify.annotations.NullMarked;
