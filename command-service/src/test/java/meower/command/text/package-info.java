@NullMarked
package meower.command.text;

import org.jspecify.annotations.NullMarked;
