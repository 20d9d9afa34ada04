/** {@code ./meower rebuild-index}: fills a new index while the old one serves. */
@NullMarked
package meower.operations.index;

import org.jspecify.annotations.NullMarked;
