@NullMarked
package meower.command.database;

import org.jspecify.annotations.NullMarked;
