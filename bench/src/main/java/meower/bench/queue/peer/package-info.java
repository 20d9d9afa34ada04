/** What else keeps messages until they are done: servers, and how each is spoken to. */
@NullMarked
package meower.bench.queue.peer;

import org.jspecify.annotations.NullMarked;
