@NullMarked
package meower.command.outbox;

import org.jspecify.annotations.NullMarked;
