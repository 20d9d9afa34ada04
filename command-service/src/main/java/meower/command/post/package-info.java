/** Posting a meow: stored once, and many with one commit. */
@NullMarked
package meower.command.post;

import org.jspecify.annotations.NullMarked;
