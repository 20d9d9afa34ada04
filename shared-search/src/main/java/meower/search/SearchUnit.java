package meower.search;

import java.util.List;

/** What a meow has to have of one thing that somebody typed; its texts are those of tokens. */
public sealed interface SearchUnit {

  /** Whether every word of the index counts that may stand for it, however many there are. */
  default boolean isUnlimited() {
    return switch (this) {
      case Word word -> word.forgiven() == 0;
      case Compound compound -> !compound.open() && !compound.isForgiving();
      case Piece _, Letter _, Picture _ -> true;
    };
  }

  /**
   * A word.
   *
   * @param open whether it may be a beginning, because it is still being typed
   */
  record Word(String text, boolean open) implements SearchUnit {

    /** So many letters a word has at least that forgives one typing error. */
    private static final int FORGIVES_ONE = 4;

    private static final int FORGIVES_TWO = 7;

    /** Returns how many typing errors it forgives: none in what is short, or a number. */
    public int forgiven() {
      int length = text.codePointCount(0, text.length());
      if (length < FORGIVES_ONE || text.codePoints().anyMatch(Character::isDigit)) {
        return 0;
      }
      return length < FORGIVES_TWO ? 1 : 2;
    }
  }

  /**
   * Words with signs between them, which stand next to each other, like {@code node.js}.
   *
   * @param open whether the last one may be a beginning
   */
  record Compound(List<String> words, boolean open) implements SearchUnit {

    public Compound {
      words = List.copyOf(words);
    }

    /** Returns the words, each by itself. */
    public List<Word> each() {
      return words.stream().map(word -> new Word(word, false)).toList();
    }

    /** Whether its words forgive typing errors, and count then wherever they stand. */
    public boolean isForgiving() {
      return each().stream().allMatch(word -> word.forgiven() > 0);
    }

    /** Returns what it is without its signs. */
    public String joined() {
      return String.join("", words);
    }
  }

  /** A piece of a text without spaces: its pairs of neighbours, in their order. */
  record Piece(List<String> pairs) implements SearchUnit {

    public Piece {
      pairs = List.copyOf(pairs);
    }
  }

  /** A single letter of a text without spaces: pairs begin with it. */
  record Letter(String text) implements SearchUnit {}

  /** An emoji. */
  record Picture(String text) implements SearchUnit {}
}
