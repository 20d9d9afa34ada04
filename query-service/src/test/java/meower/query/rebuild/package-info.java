@NullMarked
package meower.query.rebuild;

import org.jspecify.annotations.NullMarked;
