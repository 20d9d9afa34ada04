/** What was posted, what was shown, and whether the two agree; knows Meower only from outside. */
@NullMarked
package meower.e2e.chaos.checker;

import org.jspecify.annotations.NullMarked;
