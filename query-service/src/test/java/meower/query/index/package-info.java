@NullMarked
package meower.query.index;

import org.jspecify.annotations.NullMarked;
