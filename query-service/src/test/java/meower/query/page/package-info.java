@NullMarked
package meower.query.page;

import org.jspecify.annotations.NullMarked;
