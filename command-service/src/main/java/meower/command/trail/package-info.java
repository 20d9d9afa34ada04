/** From whom each event came, for as long as that may be known. */
@NullMarked
package meower.command.trail;

import org.jspecify.annotations.NullMarked;
