/**
 * Sends each meow to every browser. The feed is a log, a subscriber of the hub is a place in it,
 * and the socket lets browsers in: each room knows the ones before it.
 */
@NullMarked
package meower.pusher;

import org.jspecify.annotations.NullMarked;
