@NullMarked
package meower.query.timeline;

import org.jspecify.annotations.NullMarked;
