/** Whom Meower calls for a queue: what is known of receivers, and the secrets that they share. */
@NullMarked
package meower.program.receiver;

import org.jspecify.annotations.NullMarked;
