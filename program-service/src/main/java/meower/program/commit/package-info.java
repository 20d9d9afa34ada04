/** Changes that come together share a commit. */
@NullMarked
package meower.program.commit;

import org.jspecify.annotations.NullMarked;
