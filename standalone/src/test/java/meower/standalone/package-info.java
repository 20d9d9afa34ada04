@NullMarked
package meower.standalone;

import org.jspecify.annotations.NullMarked;
