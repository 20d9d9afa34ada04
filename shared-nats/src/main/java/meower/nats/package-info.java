/** How every service talks to NATS: one connection, the streams, loops that survive outages. */
@NullMarked
package meower.nats;

import org.jspecify.annotations.NullMarked;
