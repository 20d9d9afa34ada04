@NullMarked
package meower.pusher.hub;

import org.jspecify.annotations.NullMarked;
