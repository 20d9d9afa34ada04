/** The reading side of Meower: what the stream says, as a timeline and as a search. */
@NullMarked
package meower.query;

import org.jspecify.annotations.NullMarked;
