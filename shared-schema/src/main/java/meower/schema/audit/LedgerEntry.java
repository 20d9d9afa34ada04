package meower.schema.audit;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a meow, and where the stream was told of it.
 *
 * @param id of the meow
 * @param subject under which the event is published; nothing when a deletion has taken its text
 * @param event as it is published; nothing when a deletion has taken its text
 * @param sequence 0 when it is not published
 */
public record LedgerEntry(
    String id,
    int revision,
    @Nullable String subject,
    @Nullable String event,
    long sequence,
    Erasure erasure) {

  /** What the ledger knows of the text of a message. */
  public enum Erasure {
    NONE,
    WANTED,
    DONE,
    /** Published as the deletion of its meow. */
    NEEDLESS
  }
}
