/** What programs have heard of, on its way to be looked up. */
@NullMarked
package meower.program.sighting;

import org.jspecify.annotations.NullMarked;
