@NullMarked
package meower.standalone.launcher;

import org.jspecify.annotations.NullMarked;
