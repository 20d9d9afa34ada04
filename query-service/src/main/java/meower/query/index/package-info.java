/** What indexes there are: their names and mappings, which one is read, how one is made. */
@NullMarked
package meower.query.index;

import org.jspecify.annotations.NullMarked;
