/** Edits and deletions of meows that are there. */
@NullMarked
package meower.command.change;

import org.jspecify.annotations.NullMarked;
