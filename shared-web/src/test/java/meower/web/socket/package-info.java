@NullMarked
package meower.web.socket;

import org.jspecify.annotations.NullMarked;
