@NullMarked
package meower.operations.program;

import org.jspecify.annotations.NullMarked;
