/** The interface as its descriptions have it, word by word, found with other people's tools. */
@NullMarked
package meower.e2e.letter;

import org.jspecify.annotations.NullMarked;
