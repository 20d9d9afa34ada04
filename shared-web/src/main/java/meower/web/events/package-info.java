/** Server-Sent Events, as every service that has a stream of them says them. */
@NullMarked
package meower.web.events;

import org.jspecify.annotations.NullMarked;
