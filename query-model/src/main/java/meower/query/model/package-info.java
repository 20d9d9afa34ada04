/** What the index holds of a meow, and what operators ask of the query service. */
@NullMarked
package meower.query.model;

import org.jspecify.annotations.NullMarked;
