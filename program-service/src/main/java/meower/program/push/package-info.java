/** Bringing messages to the receivers of their queues. */
@NullMarked
package meower.program.push;

import org.jspecify.annotations.NullMarked;
