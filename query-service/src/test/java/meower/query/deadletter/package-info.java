@NullMarked
package meower.query.deadletter;

import org.jspecify.annotations.NullMarked;
