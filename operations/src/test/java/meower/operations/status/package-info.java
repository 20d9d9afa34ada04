@NullMarked
package meower.operations.status;

import org.jspecify.annotations.NullMarked;
