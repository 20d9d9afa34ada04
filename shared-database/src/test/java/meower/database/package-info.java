@NullMarked
package meower.database;

import org.jspecify.annotations.NullMarked;
