/** What an operator types: {@code ./meower status} and its siblings. */
@NullMarked
package meower.operations;

import org.jspecify.annotations.NullMarked;
