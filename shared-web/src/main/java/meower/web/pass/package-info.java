/** Who asks: decided in one place, told to all services in a signed pass. */
@NullMarked
package meower.web.pass;

import org.jspecify.annotations.NullMarked;
