package meower.query.search;

/** One thing that a meow has to have to be found; its text is folded. */
sealed interface SearchPart {

  String text();

  /** Something between spaces; Elasticsearch may see several words in it, or letters of Chinese. */
  record Words(String text) implements SearchPart {}

  /** Words that have to stand next to each other. */
  record Phrase(String text) implements SearchPart {}

  /** A hashtag, without its {@code #}. */
  record Tag(String text) implements SearchPart {}
}
