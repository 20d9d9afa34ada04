/** Who is here, until they have not been seen for a while. */
@NullMarked
package meower.program.presence;

import org.jspecify.annotations.NullMarked;
