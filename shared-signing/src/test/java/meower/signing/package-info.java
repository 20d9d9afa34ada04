@NullMarked
package meower.signing;

import org.jspecify.annotations.NullMarked;
