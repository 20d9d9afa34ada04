/** All of Meower, as its users see it: over HTTP and WebSocket through nginx, and in a browser. */
@NullMarked
package meower.e2e;

import org.jspecify.annotations.NullMarked;
