/** How a command reaches the servers of a stack, and how it ends. */
@NullMarked
package meower.operations.connection;

import org.jspecify.annotations.NullMarked;
