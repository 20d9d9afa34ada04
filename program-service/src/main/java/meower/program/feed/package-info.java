/** What flows from the stream of meows into queues: all feeds, routed by one instance. */
@NullMarked
package meower.program.feed;

import org.jspecify.annotations.NullMarked;
