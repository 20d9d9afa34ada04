/** Requests and frames as bytes, also such that no client would send. */
@NullMarked
package meower.e2e.hostile.wire;

import org.jspecify.annotations.NullMarked;
