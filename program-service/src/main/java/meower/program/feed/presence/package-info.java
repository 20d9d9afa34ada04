/** Who comes and leaves flows into the queues that want to know. */
@NullMarked
package meower.program.feed.presence;

import org.jspecify.annotations.NullMarked;
