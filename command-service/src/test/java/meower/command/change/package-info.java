@NullMarked
package meower.command.change;

import org.jspecify.annotations.NullMarked;
