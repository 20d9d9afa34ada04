/** Under which address the public finds Meower. */
@NullMarked
package meower.query.address;

import org.jspecify.annotations.NullMarked;
