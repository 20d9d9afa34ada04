@NullMarked
package meower.e2e.programs;

import org.jspecify.annotations.NullMarked;
