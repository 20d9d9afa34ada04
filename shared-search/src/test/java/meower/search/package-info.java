@NullMarked
package meower.search;

import org.jspecify.annotations.NullMarked;
