/** Who is connected, and what of the feed is sent to each. */
@NullMarked
package meower.pusher.hub;

import org.jspecify.annotations.NullMarked;
