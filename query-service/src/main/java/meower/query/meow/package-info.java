/** A meow as clients get it: from the index, from the stream, or what is left of it. */
@NullMarked
package meower.query.meow;

import org.jspecify.annotations.NullMarked;
