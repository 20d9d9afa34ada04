package meower.text;

/**
 * The smallest thing in a text that a search can find.
 *
 * @param text folded, without spaces
 * @param start where it begins in the folded text, in UTF-16 code units
 */
public record Token(Kind kind, String text, int start) {

  /** What it is. */
  public enum Kind {
    /** Letters, marks and digits without anything else between them. */
    WORD,
    /** Two neighbours, in a script that is written without spaces between its words. */
    PAIR,
    /** The last one of such neighbours, or one that has none. */
    SINGLE,
    /** An emoji, or a flag. */
    PICTURE
  }

  /** Returns where it ends in the folded text. */
  public int end() {
    return start + text.length();
  }

  /** Tells whether it is of a script that is written without spaces. */
  public boolean isDense() {
    return kind == Kind.PAIR || kind == Kind.SINGLE;
  }
}
