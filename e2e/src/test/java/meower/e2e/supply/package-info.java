@NullMarked
package meower.e2e.supply;

import org.jspecify.annotations.NullMarked;
