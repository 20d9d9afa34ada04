/** How long everything takes to start, and what it takes to be there. */
@NullMarked
package meower.bench.start;

import org.jspecify.annotations.NullMarked;
