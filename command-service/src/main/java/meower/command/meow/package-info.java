/** Posting a meow. */
@NullMarked
package meower.command.meow;

import org.jspecify.annotations.NullMarked;
