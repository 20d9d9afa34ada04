/** The streams of Meower: how they are made, read from the past and followed. */
@NullMarked
package meower.stream;

import org.jspecify.annotations.NullMarked;
