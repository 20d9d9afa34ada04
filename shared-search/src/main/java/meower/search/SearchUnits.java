package meower.search;

import com.ibm.icu.text.BreakIterator;
import com.ibm.icu.util.ULocale;
import java.util.ArrayList;
import java.util.List;
import meower.search.SearchUnit.Compound;
import meower.search.SearchUnit.Letter;
import meower.search.SearchUnit.Picture;
import meower.search.SearchUnit.Piece;
import meower.search.SearchUnit.Word;
import meower.text.Token;
import meower.text.Tokens;

/**
 * Finds out what a meow has to have of something that was typed without a space.
 *
 * <p>Whoever writes without spaces types several words at once; they are told apart by ICU's
 * dictionaries, so that {@code 東京天気} finds {@code 東京の天気}. What a dictionary does not know is one
 * piece, and the index has no part in it.
 */
public final class SearchUnits {

  /** Loaded when the first one needs it: a quarter of a second and 30 MB. */
  private static final class Dictionaries {

    private static final BreakIterator WORDS = BreakIterator.getWordInstance(ULocale.ROOT);

    private Dictionaries() {}
  }

  private final String text;
  private final boolean open;
  private final List<SearchUnit> units = new ArrayList<>();
  private final List<String> words = new ArrayList<>();
  private int end;

  private SearchUnits(String text, boolean open) {
    this.text = text;
    this.open = open;
  }

  /**
   * Returns the units, each once.
   *
   * @param text folded
   * @param open whether somebody may be typing on right behind it
   */
  public static List<SearchUnit> of(String text, boolean open) {
    SearchUnits units = new SearchUnits(text, open);
    units.take(Tokens.of(text));
    return units.units.stream().distinct().toList();
  }

  private void take(List<Token> tokens) {
    int first = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      switch (token.kind()) {
        case WORD -> {
          words.add(token.text());
          end = token.end();
        }
        case PICTURE -> {
          closeWords();
          units.add(new Picture(token.text()));
        }
        case PAIR -> closeWords();
        case SINGLE -> {
          closeWords();
          addPieces(tokens.get(first).start(), token.end());
        }
      }
      if (token.kind() != Token.Kind.PAIR) {
        first = i + 1;
      }
    }
    closeWords();
  }

  private void closeWords() {
    boolean isOpen = open && end == text.length();
    if (words.size() == 1) {
      units.add(new Word(words.getFirst(), isOpen));
    } else if (!words.isEmpty()) {
      units.add(new Compound(words, isOpen));
    }
    words.clear();
  }

  /** Particles between words are dropped: other ones may stand there. */
  private void addPieces(int from, int to) {
    String run = text.substring(from, to);
    List<String> pieces = pieces(run);
    boolean several = pieces.stream().anyMatch(piece -> letters(piece) > 1);
    for (String piece : pieces) {
      if (letters(piece) > 1) {
        units.add(
            new Piece(
                Tokens.of(piece).stream()
                    .filter(token -> token.kind() == Token.Kind.PAIR)
                    .map(Token::text)
                    .toList()));
      } else if (!several || !isHiragana(piece)) {
        units.add(new Letter(piece));
      }
    }
  }

  private static List<String> pieces(String run) {
    List<String> pieces = new ArrayList<>();
    BreakIterator boundaries = Dictionaries.WORDS.clone();
    boundaries.setText(run);
    int start = boundaries.first();
    for (int next = boundaries.next(); next != BreakIterator.DONE; next = boundaries.next()) {
      pieces.add(run.substring(start, next));
      start = next;
    }
    return pieces;
  }

  private static int letters(String text) {
    return text.codePointCount(0, text.length());
  }

  private static boolean isHiragana(String text) {
    return Character.UnicodeScript.of(text.codePointAt(0)) == Character.UnicodeScript.HIRAGANA;
  }
}
