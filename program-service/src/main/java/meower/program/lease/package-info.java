/** Fetching from a queue, and settling what was fetched. */
@NullMarked
package meower.program.lease;

import org.jspecify.annotations.NullMarked;
