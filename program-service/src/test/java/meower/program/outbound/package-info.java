@NullUnmarked
package meower.program.outbound;

import org.jspecify.annotations.NullUnmarked;
