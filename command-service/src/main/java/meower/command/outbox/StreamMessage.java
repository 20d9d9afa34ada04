package meower.command.outbox;

/**
 * An event on its way to the stream.
 *
 * @param seq its place in the outbox; of a meow that is published again, its place among all meows
 * @param messageId under which the stream recognises a repeat
 * @param payload JSON
 */
record StreamMessage(long seq, String messageId, String subject, String payload) {

  /** Returns the same message as one that the stream does not take for a repeat. */
  StreamMessage again(int epoch) {
    return new StreamMessage(seq, messageId + "-" + epoch, subject, payload);
  }
}
