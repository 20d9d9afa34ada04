@NullMarked
package meower.command.ledger;

import org.jspecify.annotations.NullMarked;
