/** Who is let in to a WebSocket, and whether they are still there. */
@NullMarked
package meower.web.socket;

import org.jspecify.annotations.NullMarked;
