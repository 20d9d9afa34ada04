package meower.command.ledger;

/** What the ledger knows of the text of a message: the column {@code publication.erasure}. */
enum Erasure {
  /** The message is as it was published. */
  NONE,
  /** Its text has to go. */
  WANTED,
  /** The message is no longer in the stream. */
  DONE,
  /** The message never had a text that would have to go. */
  NEEDLESS;

  short column() {
    return switch (this) {
      case NONE -> 0;
      case WANTED -> 1;
      case DONE -> 2;
      case NEEDLESS -> 3;
    };
  }
}
