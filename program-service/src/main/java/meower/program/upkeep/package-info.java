/** What has to happen in queues although nobody calls. */
@NullMarked
package meower.program.upkeep;

import org.jspecify.annotations.NullMarked;
