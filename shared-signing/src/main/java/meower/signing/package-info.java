/** Keys in files, and what is signed with them: shown again, it is known to be ours. */
@NullMarked
package meower.signing;

import org.jspecify.annotations.NullMarked;
