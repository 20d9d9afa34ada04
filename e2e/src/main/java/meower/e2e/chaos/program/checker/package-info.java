/** Judges what programs were answered by the promises of queues, feeds, callbacks and presence. */
@NullMarked
package meower.e2e.chaos.program.checker;

import org.jspecify.annotations.NullMarked;
