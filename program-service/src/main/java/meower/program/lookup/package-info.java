/** Asks the status API of a program about each object that was heard of. */
@NullMarked
package meower.program.lookup;

import org.jspecify.annotations.NullMarked;
