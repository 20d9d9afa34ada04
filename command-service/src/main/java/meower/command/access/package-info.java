/** Programs: who they are, by what they are known, and what they may do. */
@NullMarked
package meower.command.access;

import org.jspecify.annotations.NullMarked;
