@NullMarked
package meower.query.search;

import org.jspecify.annotations.NullMarked;
