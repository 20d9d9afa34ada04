@NullMarked
package meower.program.queue;

import org.jspecify.annotations.NullMarked;
