/** Counts what all the test runners reported: the last lines of {@code ./meower test}. */
@NullMarked
package meower.e2e.report;

import org.jspecify.annotations.NullMarked;
