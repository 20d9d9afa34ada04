/** What operators ask the program service about queues. */
@NullMarked
package meower.schema.queue;

import org.jspecify.annotations.NullMarked;
