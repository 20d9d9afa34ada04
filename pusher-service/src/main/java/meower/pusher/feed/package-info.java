/**
 * What every browser reads: the meows of the stream, each encoded once, from its beginning to now.
 */
@NullMarked
package meower.pusher.feed;

import org.jspecify.annotations.NullMarked;
