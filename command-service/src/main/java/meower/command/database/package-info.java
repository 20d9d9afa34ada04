/** What instances of different versions have to know of each other. */
@NullMarked
package meower.command.database;

import org.jspecify.annotations.NullMarked;
