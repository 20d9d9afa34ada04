/** {@code ./meower who}: from whom meows came. */
@NullMarked
package meower.operations.trail;

import org.jspecify.annotations.NullMarked;
