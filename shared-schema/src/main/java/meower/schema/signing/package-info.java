/** How an event is signed, and how the stream says from where on all of them are. */
@NullMarked
package meower.schema.signing;

import org.jspecify.annotations.NullMarked;
