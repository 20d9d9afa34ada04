@NullMarked
package meower.pusher.socket;

import org.jspecify.annotations.NullMarked;
