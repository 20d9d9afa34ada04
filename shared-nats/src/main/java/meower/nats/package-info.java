/** How every service talks to NATS: one connection, and requests that are answered over it. */
@NullMarked
package meower.nats;

import org.jspecify.annotations.NullMarked;
