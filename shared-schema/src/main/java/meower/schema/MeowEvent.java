package meower.schema;

import java.time.Instant;

/**
 * What the stream carries: one record per thing that can happen to a meow.
 *
 * <p>Each is a full state, so that readers may be late, read twice or side by side and end alike:
 * of two events of a meow the one with the higher revision counts.
 *
 * <p>Readers switch over this type without a default, so that a new kind of event does not compile
 * until every reader has said what it does with it.
 */
public sealed interface MeowEvent permits MeowCreated, MeowEdited, MeowDeleted {

  /** The meow that it happened to. */
  MeowId id();

  /** Which of the things that happened to the meow it is: 1 is the creation. */
  int revision();

  /** When the meow was created, in every event: for readers that know nothing of it yet. */
  Instant createdAt();

  /** Returns what names this event among all events. */
  default EventKey key() {
    return new EventKey(id(), revision());
  }

  /** An edit or a deletion comes after the creation. */
  static void requireLater(int revision) {
    if (revision <= EventKey.CREATION) {
      throw new IllegalArgumentException("only a creation has revision 1");
    }
  }
}
