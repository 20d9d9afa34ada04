/** What people would write instead of the command-service. */
@NullMarked
package meower.bench.post.peer;

import org.jspecify.annotations.NullMarked;
