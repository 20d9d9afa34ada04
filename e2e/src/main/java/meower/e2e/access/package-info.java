/** How tests get past the services, to the servers of a stack. */
@NullMarked
package meower.e2e.access;

import org.jspecify.annotations.NullMarked;
