/** Posters, browsers and readers, as they come from the internet. */
@NullMarked
package meower.e2e.chaos.load;

import org.jspecify.annotations.NullMarked;
