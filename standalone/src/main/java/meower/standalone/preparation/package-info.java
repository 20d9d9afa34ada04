/** Makes the services start fast: unpacks them and rehearses a start once for each build. */
@NullMarked
package meower.standalone.preparation;

import org.jspecify.annotations.NullMarked;
