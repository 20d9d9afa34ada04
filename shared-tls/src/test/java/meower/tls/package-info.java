@NullMarked
package meower.tls;

import org.jspecify.annotations.NullMarked;
