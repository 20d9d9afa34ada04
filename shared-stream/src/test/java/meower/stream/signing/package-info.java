@NullMarked
package meower.stream.signing;

import org.jspecify.annotations.NullMarked;
