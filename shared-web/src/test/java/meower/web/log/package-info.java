@NullMarked
package meower.web.log;

import org.jspecify.annotations.NullMarked;
