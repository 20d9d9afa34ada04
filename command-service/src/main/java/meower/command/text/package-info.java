/** Which texts a meow may have. */
@NullMarked
package meower.command.text;

import org.jspecify.annotations.NullMarked;
