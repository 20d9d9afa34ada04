/**
 * Sends each meow to every browser: the feed is a log ({@link meower.pusher.FeedLog}), a subscriber
 * is a place in it ({@link meower.pusher.Subscriber}).
 */
@NullMarked
package meower.pusher;

import org.jspecify.annotations.NullMarked;
