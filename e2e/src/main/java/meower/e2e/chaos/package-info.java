/** Breaks a running Meower in every way it can, while a checker counts. */
@NullMarked
package meower.e2e.chaos;

import org.jspecify.annotations.NullMarked;
