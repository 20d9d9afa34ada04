@NullMarked
package meower.web.origin;

import org.jspecify.annotations.NullMarked;
