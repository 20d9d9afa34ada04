package meower.operations.audit;

import meower.query.model.MeowDocument;
import meower.schema.EarlierSequences;
import meower.schema.MeowCreated;
import meower.schema.MeowEvent;

/**
 * An event where it stands: what all three have to agree on.
 *
 * @param place where a copy has it: in the stream the event's own sequence, in the index that of
 *     the meow's first event
 * @param sequence the event's own
 * @param earlier those of the meow's events before it
 */
record Entry(long place, MeowEvent event, long sequence, EarlierSequences earlier) {

  /** Returns what the stream has at a sequence. */
  static Entry message(MeowEvent event, long sequence, EarlierSequences earlier) {
    return new Entry(sequence, event, sequence, said(event, earlier));
  }

  /** Returns what the index has of a meow whose latest event this is. */
  static Entry document(MeowEvent event, long sequence, EarlierSequences earlier) {
    EarlierSequences said = said(event, earlier);
    return new Entry(said.place().orElse(sequence), event, sequence, said);
  }

  /** A creation says nothing of what was before it. */
  private static EarlierSequences said(MeowEvent event, EarlierSequences earlier) {
    return event instanceof MeowCreated ? EarlierSequences.NONE : earlier;
  }

  String id() {
    return event.id().value();
  }

  MeowDocument document() {
    return MeowDocument.of(event, sequence, earlier);
  }
}
