@NullMarked
package meower.command.access;

import org.jspecify.annotations.NullMarked;
