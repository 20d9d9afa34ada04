/** Pages of older events, read from the stream and shared by all who are behind. */
@NullMarked
package meower.pusher.page;

import org.jspecify.annotations.NullMarked;
