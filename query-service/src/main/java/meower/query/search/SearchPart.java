package meower.query.search;

/** One thing that a meow has to have to be found; its text is folded. */
sealed interface SearchPart {

  String text();

  /**
   * Something between spaces; it may be several words.
   *
   * @param open whether somebody may be typing on right behind it
   */
  record Words(String text, boolean open) implements SearchPart {}

  /** Words that have to stand next to each other. */
  record Phrase(String text) implements SearchPart {}

  /**
   * A hashtag, without its {@code #}.
   *
   * @param open whether somebody may be typing on right behind it
   */
  record Tag(String text, boolean open) implements SearchPart {}
}
