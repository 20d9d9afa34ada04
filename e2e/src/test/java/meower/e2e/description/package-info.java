/** What the descriptions of the interface say, compared to what Meower does. */
@NullMarked
package meower.e2e.description;

import org.jspecify.annotations.NullMarked;
