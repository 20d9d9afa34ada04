package meower.command.ledger;

import meower.command.event.StoredEvent;
import meower.schema.EarlierSequences;
import meower.schema.MeowEvent;
import meower.schema.Position;

/**
 * An event on its way to the stream.
 *
 * @param position where it is to be
 * @param messageId under which the stream recognises a repeat
 * @param event what readers are told
 * @param earlier where the stream has the earlier events of the meow
 */
record StreamMessage(
    Position position, String messageId, MeowEvent event, EarlierSequences earlier) {

  /**
   * @param repeat tells this message from those of the same event that the stream has had and lost;
   *     empty when there is none
   */
  static StreamMessage of(
      Position position, StoredEvent stored, EarlierSequences earlier, String repeat) {
    return new StreamMessage(position, stored.key() + repeat, stored.event(), earlier);
  }
}
