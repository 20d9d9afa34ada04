/** How fast an index is filled. */
@NullMarked
package meower.bench.index;

import org.jspecify.annotations.NullMarked;
