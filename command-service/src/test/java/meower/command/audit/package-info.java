@NullMarked
package meower.command.audit;

import org.jspecify.annotations.NullMarked;
