@NullMarked
package meower.command.post;

import org.jspecify.annotations.NullMarked;
