/** Servers as processes of this machine: started, watched, stopped, killed and paused. */
@NullMarked
package meower.standalone.server;

import org.jspecify.annotations.NullMarked;
