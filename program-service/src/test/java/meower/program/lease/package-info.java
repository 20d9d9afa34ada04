@NullMarked
package meower.program.lease;

import org.jspecify.annotations.NullMarked;
