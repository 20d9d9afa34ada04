/** {@code ./meower queues}: looks at the queues of programs, and helps where one is stuck. */
@NullMarked
package meower.operations.queue;

import org.jspecify.annotations.NullMarked;
