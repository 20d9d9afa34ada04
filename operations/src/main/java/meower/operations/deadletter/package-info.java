/** {@code ./meower dead-letters}: messages that could not be indexed. */
@NullMarked
package meower.operations.deadletter;

import org.jspecify.annotations.NullMarked;
