@NullMarked
package meower.command.signing;

import org.jspecify.annotations.NullMarked;
