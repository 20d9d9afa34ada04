package meower.command.ledger;

import meower.command.event.StoredEvent;

/**
 * A message of the outbox.
 *
 * @param seq its place there
 */
public record OutboxMessage(long seq, StoredEvent event) {}
