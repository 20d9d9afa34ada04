@NullMarked
package meower.standalone.stack;

import org.jspecify.annotations.NullMarked;
