@NullMarked
package meower.web.pass;

import org.jspecify.annotations.NullMarked;
