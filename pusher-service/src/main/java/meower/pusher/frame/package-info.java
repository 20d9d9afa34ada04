/** What browsers get: each event encoded once, as the bytes of a frame. */
@NullMarked
package meower.pusher.frame;

import org.jspecify.annotations.NullMarked;
