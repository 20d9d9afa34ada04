package meower.operations.audit;

import java.time.Instant;
import meower.schema.MeowCreated;
import meower.schema.MeowDocument;
import meower.schema.MeowId;

/** A meow at its place: what all three have to agree on. */
record Entry(long sequence, String id, Instant createdAt, String body) {

  static Entry of(long sequence, MeowCreated meow) {
    return new Entry(sequence, meow.id().value(), meow.createdAt(), meow.body());
  }

  MeowCreated meow() {
    return new MeowCreated(new MeowId(id), body, createdAt);
  }

  MeowDocument document() {
    return MeowDocument.of(meow(), sequence);
  }
}
