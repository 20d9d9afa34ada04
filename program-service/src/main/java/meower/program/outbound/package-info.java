/** Calls to addresses that programs chose: the one room that makes them. */
@NullMarked
package meower.program.outbound;

import org.jspecify.annotations.NullMarked;
