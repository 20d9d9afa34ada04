@NullMarked
package meower.pusher.frame;

import org.jspecify.annotations.NullMarked;
