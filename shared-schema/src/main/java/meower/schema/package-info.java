/** The contract between the services: events, ids, positions and the stream they travel on. */
@NullMarked
package meower.schema;

import org.jspecify.annotations.NullMarked;
