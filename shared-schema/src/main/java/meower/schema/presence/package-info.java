/** What an operator asks of the program service about who is here. */
@NullMarked
package meower.schema.presence;

import org.jspecify.annotations.NullMarked;
