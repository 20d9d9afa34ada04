/** How many browsers hear how soon of how many meows. */
@NullMarked
package meower.bench.push;

import org.jspecify.annotations.NullMarked;
