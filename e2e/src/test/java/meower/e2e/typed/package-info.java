/** What the README has for people to paste, pasted. */
@NullMarked
package meower.e2e.typed;

import org.jspecify.annotations.NullMarked;
