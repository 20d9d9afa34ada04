/** What clients get from Meower and show again: signed, so that nothing has to be remembered. */
@NullMarked
package meower.web.signing;

import org.jspecify.annotations.NullMarked;
