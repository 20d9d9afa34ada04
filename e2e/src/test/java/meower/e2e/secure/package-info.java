/** A Meower with TLS, for members only. */
@NullMarked
package meower.e2e.secure;

import org.jspecify.annotations.NullMarked;
