/** How fast messages go through queues, beside what else keeps messages until they are done. */
@NullMarked
package meower.bench.queue;

import org.jspecify.annotations.NullMarked;
