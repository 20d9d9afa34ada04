/** The program service: queues that programs share. */
@NullMarked
package meower.program;

import org.jspecify.annotations.NullMarked;
