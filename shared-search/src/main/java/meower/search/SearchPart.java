package meower.search;

import java.util.List;
import meower.text.Name;
import meower.text.Token;
import meower.text.Tokens;

/** One thing that a meow has to have to be found; its text is folded. */
public sealed interface SearchPart {

  String text();

  /**
   * Returns its tokens, which stand next to each other when it is a phrase. Its end may lie inside
   * of a text without spaces, so the last of several letters is none of its own.
   */
  default List<Token> tokens() {
    List<Token> tokens = Tokens.of(text());
    int last = tokens.size() - 1;
    return last > 0
            && tokens.get(last).kind() == Token.Kind.SINGLE
            && tokens.get(last - 1).kind() == Token.Kind.PAIR
        ? tokens.subList(0, last)
        : tokens;
  }

  /**
   * Something between spaces; it may be several words.
   *
   * @param open whether somebody may be typing on right behind it
   */
  record Words(String text, boolean open) implements SearchPart {

    /** Returns what of it is known by its signs, and was typed with them. */
    public List<String> signed() {
      return Name.in(text).stream().map(Name::text).filter(text::contains).toList();
    }
  }

  /** Words that have to stand next to each other. */
  record Phrase(String text) implements SearchPart {

    /**
     * Whether every text counts that goes on behind its last letter, however many ways there are.
     */
    boolean isUnlimited() {
      List<Token> tokens = tokens();
      return tokens.size() == 1 || tokens.getLast().kind() != Token.Kind.SINGLE;
    }
  }

  /**
   * A hashtag, without its {@code #}.
   *
   * @param open whether somebody may be typing on right behind it
   */
  record Tag(String text, boolean open) implements SearchPart {}
}
