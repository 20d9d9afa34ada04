/** What an operator asks of the command service about programs, and what it answers. */
@NullMarked
package meower.schema.program;

import org.jspecify.annotations.NullMarked;
