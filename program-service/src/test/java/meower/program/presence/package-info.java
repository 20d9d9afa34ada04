@NullUnmarked
package meower.program.presence;

import org.jspecify.annotations.NullUnmarked;
