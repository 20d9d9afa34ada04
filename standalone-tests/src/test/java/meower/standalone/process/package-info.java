@NullMarked
package meower.standalone.process;

import org.jspecify.annotations.NullMarked;
