/** Fills the indexes: brings every meow of the stream into each one that is written. */
@NullMarked
package meower.query.projection;

import org.jspecify.annotations.NullMarked;
