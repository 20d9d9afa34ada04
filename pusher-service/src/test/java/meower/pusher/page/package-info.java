@NullMarked
package meower.pusher.page;

import org.jspecify.annotations.NullMarked;
