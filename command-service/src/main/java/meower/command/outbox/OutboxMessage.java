package meower.command.outbox;

import meower.command.event.StoredEvent;

/**
 * A message of the outbox.
 *
 * @param seq its place there
 */
record OutboxMessage(long seq, StoredEvent event) {}
