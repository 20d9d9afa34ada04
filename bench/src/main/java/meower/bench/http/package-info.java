/** Load over HTTP: connections that each ask again as soon as they have the answer. */
@NullMarked
package meower.bench.http;

import org.jspecify.annotations.NullMarked;
