/**
 * One client that takes all it is allowed to, at every door at once, and what its neighbour gets
 * meanwhile.
 */
@NullMarked
package meower.e2e.hostile.worst;

import org.jspecify.annotations.NullMarked;
