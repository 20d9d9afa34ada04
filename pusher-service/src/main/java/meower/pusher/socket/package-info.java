/** The WebSocket: who is let in, and a container in which an idle connection takes little. */
@NullMarked
package meower.pusher.socket;

import org.jspecify.annotations.NullMarked;
