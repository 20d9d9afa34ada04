@NullMarked
package meower.command;

import org.jspecify.annotations.NullMarked;
