/** {@code ./meower remove}: takes meows back. */
@NullMarked
package meower.operations.removal;

import org.jspecify.annotations.NullMarked;
