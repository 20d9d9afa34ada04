/** How many browsers are connected, to all instances together. */
@NullMarked
package meower.pusher.online;

import org.jspecify.annotations.NullMarked;
