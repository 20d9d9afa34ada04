/** Decides which index is filled and which is read, lets readers follow, and answers operators. */
@NullMarked
package meower.query.rebuild;

import org.jspecify.annotations.NullMarked;
