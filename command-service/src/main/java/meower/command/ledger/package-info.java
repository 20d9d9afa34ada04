/** What the stream holds, as Postgres knows it; and what brings it back or takes it out. */
@NullMarked
package meower.command.ledger;

import org.jspecify.annotations.NullMarked;
