/** What an audit asks the query service about its index, and what it is told. */
@NullMarked
package meower.query.model.audit;

import org.jspecify.annotations.NullMarked;
