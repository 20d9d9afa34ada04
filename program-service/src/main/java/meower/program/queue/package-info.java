/** Queues: who has which, who may use it, and how much is in it. */
@NullMarked
package meower.program.queue;

import org.jspecify.annotations.NullMarked;
