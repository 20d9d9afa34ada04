@NullMarked
package meower.e2e.operators;

import org.jspecify.annotations.NullMarked;
