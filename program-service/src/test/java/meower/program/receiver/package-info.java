@NullUnmarked
package meower.program.receiver;

import org.jspecify.annotations.NullUnmarked;
