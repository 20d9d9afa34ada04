/** What can never be processed: kept where an operator sees it, with the reason. */
@NullMarked
package meower.query.deadletter;

import org.jspecify.annotations.NullMarked;
