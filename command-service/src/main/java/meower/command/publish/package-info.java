/** Meows over a socket: a program says many of them, and hears of each that it is kept. */
@NullMarked
package meower.command.publish;

import org.jspecify.annotations.NullMarked;
