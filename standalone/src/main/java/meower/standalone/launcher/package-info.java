/**
 * What stands behind {@code ./meower up} and {@code ./meower down}, and the terminal they write to.
 */
@NullMarked
package meower.standalone.launcher;

import org.jspecify.annotations.NullMarked;
