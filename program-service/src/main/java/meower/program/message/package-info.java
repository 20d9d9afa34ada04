/** Publishing into a queue. */
@NullMarked
package meower.program.message;

import org.jspecify.annotations.NullMarked;
