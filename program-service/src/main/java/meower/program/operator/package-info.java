/** What operators ask about queues, over NATS. */
@NullMarked
package meower.program.operator;

import org.jspecify.annotations.NullMarked;
