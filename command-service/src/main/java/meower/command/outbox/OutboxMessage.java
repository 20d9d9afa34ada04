package meower.command.outbox;

/**
 * An event on its way to the stream.
 *
 * @param seq its place in the outbox
 * @param messageId under which the stream recognises a repeat
 * @param payload JSON
 */
record OutboxMessage(long seq, String messageId, String subject, String payload) {}
