@NullMarked
package meower.pusher.online;

import org.jspecify.annotations.NullMarked;
