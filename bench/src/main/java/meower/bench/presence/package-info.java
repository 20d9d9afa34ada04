/** How soon Meower knows who is here. */
@NullMarked
package meower.bench.presence;

import org.jspecify.annotations.NullMarked;
