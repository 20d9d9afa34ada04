/** Who has written a message: readers take nothing for an event that is not signed. */
@NullMarked
package meower.stream.signing;

import org.jspecify.annotations.NullMarked;
