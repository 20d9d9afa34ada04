/** What goes on beside the requests: loops that survive outages, and their backoff. */
@NullMarked
package meower.work;

import org.jspecify.annotations.NullMarked;
