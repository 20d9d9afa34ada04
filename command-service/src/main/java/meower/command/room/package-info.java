/** How much more can be stored, so that it is refused in time and in words. */
@NullMarked
package meower.command.room;

import org.jspecify.annotations.NullMarked;
