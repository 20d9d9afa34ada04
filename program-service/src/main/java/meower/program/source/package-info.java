/** Where programs get to know whether an object is here. */
@NullMarked
package meower.program.source;

import org.jspecify.annotations.NullMarked;
