@NullUnmarked
package meower.program;

import org.jspecify.annotations.NullUnmarked;
