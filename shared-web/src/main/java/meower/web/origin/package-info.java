/** Of which site the page is that sends a request. */
@NullMarked
package meower.web.origin;

import org.jspecify.annotations.NullMarked;
