@NullMarked
package meower.standalone.proxy;

import org.jspecify.annotations.NullMarked;
