/** {@code ./meower status}: how many meows are where. */
@NullMarked
package meower.operations.status;

import org.jspecify.annotations.NullMarked;
