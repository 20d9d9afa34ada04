/** Each store is broken by hand: the audit names it and mends it. */
@NullMarked
package meower.e2e.audit;

import org.jspecify.annotations.NullMarked;
