/** Random and broken input, and what an answer to it may be. */
@NullMarked
package meower.e2e.hostile.fuzz;

import org.jspecify.annotations.NullMarked;
