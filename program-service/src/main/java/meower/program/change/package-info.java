/** Who came and who left: the changes of presences, in the order in which they were committed. */
@NullMarked
package meower.program.change;

import org.jspecify.annotations.NullMarked;
