/** The live feed for who has no WebSocket: Server-Sent Events. */
@NullMarked
package meower.pusher.events;

import org.jspecify.annotations.NullMarked;
