@NullMarked
package meower.query.projection;

import org.jspecify.annotations.NullMarked;
