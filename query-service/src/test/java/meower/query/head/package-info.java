@NullMarked
package meower.query.head;

import org.jspecify.annotations.NullMarked;
