/** The projection: brings every meow of the stream into the index, and owns the index. */
@NullMarked
package meower.query.index;

import org.jspecify.annotations.NullMarked;
