/** Fetches that wait until something is there. */
@NullMarked
package meower.program.waiting;

import org.jspecify.annotations.NullMarked;
