@NullMarked
package meower.pusher;

import org.jspecify.annotations.NullMarked;
