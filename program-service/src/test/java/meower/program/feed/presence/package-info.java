@NullUnmarked
package meower.program.feed.presence;

import org.jspecify.annotations.NullUnmarked;
