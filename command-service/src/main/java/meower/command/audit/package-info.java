/** What operators' commands ask about events, outbox and ledger, and have mended there. */
@NullMarked
package meower.command.audit;

import org.jspecify.annotations.NullMarked;
