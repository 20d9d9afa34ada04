/** What an operator asks the command service about where meows came from, and what it answers. */
@NullMarked
package meower.schema.trail;

import org.jspecify.annotations.NullMarked;
