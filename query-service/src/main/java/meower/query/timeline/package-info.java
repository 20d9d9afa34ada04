/** The meows in their order, newest first. */
@NullMarked
package meower.query.timeline;

import org.jspecify.annotations.NullMarked;
