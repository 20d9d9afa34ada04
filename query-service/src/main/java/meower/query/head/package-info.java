/** The newest meows in memory, as the stream brings them. */
@NullMarked
package meower.query.head;

import org.jspecify.annotations.NullMarked;
