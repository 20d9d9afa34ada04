/** Messages that nobody gets any more, until somebody looks at them. */
@NullMarked
package meower.program.deadletter;

import org.jspecify.annotations.NullMarked;
