@NullUnmarked
package meower.program.push;

import org.jspecify.annotations.NullUnmarked;
