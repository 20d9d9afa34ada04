/** {@code ./meower program}: who takes part besides people. */
@NullMarked
package meower.operations.program;

import org.jspecify.annotations.NullMarked;
