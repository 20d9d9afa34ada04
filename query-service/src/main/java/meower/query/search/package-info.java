/** Finding meows by words, tags and phrases. */
@NullMarked
package meower.query.search;

import org.jspecify.annotations.NullMarked;
