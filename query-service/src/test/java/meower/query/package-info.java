@NullMarked
package meower.query;

import org.jspecify.annotations.NullMarked;
