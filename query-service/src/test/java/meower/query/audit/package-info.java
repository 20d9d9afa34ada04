@NullMarked
package meower.query.audit;

import org.jspecify.annotations.NullMarked;
