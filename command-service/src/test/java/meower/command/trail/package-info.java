@NullMarked
package meower.command.trail;

import org.jspecify.annotations.NullMarked;
