/** The load client: browsers on many connections, in the protocol of each peer. */
@NullMarked
package meower.bench.push.client;

import org.jspecify.annotations.NullMarked;
