/** What a request may see: one index, up to one position. */
@NullMarked
package meower.query.view;

import org.jspecify.annotations.NullMarked;
