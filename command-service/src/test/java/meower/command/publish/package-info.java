@NullMarked
package meower.command.publish;

import org.jspecify.annotations.NullMarked;
