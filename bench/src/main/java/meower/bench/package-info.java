/** Measures Meower and what people would pick instead, side by side in one run. */
@NullMarked
package meower.bench;

import org.jspecify.annotations.NullMarked;
