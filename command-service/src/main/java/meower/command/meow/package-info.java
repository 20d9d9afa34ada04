/** A meow as it is asked for and as it is answered. */
@NullMarked
package meower.command.meow;

import org.jspecify.annotations.NullMarked;
