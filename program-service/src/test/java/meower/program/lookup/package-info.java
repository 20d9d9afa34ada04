@NullUnmarked
package meower.program.lookup;

import org.jspecify.annotations.NullUnmarked;
