@NullMarked
package meower.web.signing;

import org.jspecify.annotations.NullMarked;
