/** How every service answers over HTTP when something is wrong, and names a request in its log. */
@NullMarked
package meower.web;

import org.jspecify.annotations.NullMarked;
