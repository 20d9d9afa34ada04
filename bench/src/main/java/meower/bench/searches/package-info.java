/** Searches that stand: what they cost the meows that come. */
@NullMarked
package meower.bench.searches;

import org.jspecify.annotations.NullMarked;
