/** How fast the timeline is read. */
@NullMarked
package meower.bench.read;

import org.jspecify.annotations.NullMarked;
