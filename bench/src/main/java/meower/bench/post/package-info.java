/** How fast meows are stored. */
@NullMarked
package meower.bench.post;

import org.jspecify.annotations.NullMarked;
