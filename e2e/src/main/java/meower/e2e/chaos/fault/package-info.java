/** What strikes the stack, and the order in which it does. */
@NullMarked
package meower.e2e.chaos.fault;

import org.jspecify.annotations.NullMarked;
