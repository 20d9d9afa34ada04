@NullMarked
package meower.pusher.feed;

import org.jspecify.annotations.NullMarked;
