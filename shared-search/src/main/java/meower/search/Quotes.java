package meower.search;

import java.util.Map;
import java.util.OptionalInt;

/**
 * The marks that people put around a phrase, after Unicode's list of paired quotes.
 *
 * <p>The same mark opens in one language and closes in another, so each one that opens has all that
 * close it. Single ones are apostrophes too: they count at the beginning and the end of a word
 * only.
 */
final class Quotes {

  private static final Map<Character, String> CLOSING =
      Map.ofEntries(
          Map.entry('"', "\""),
          Map.entry('“', "”\"“"),
          Map.entry('”', "”\""),
          Map.entry('„', "“”\"‟"),
          Map.entry('‟', "”\""),
          Map.entry('«', "»"),
          Map.entry('»', "«»"),
          Map.entry('「', "」"),
          Map.entry('『', "』"),
          Map.entry('﹁', "﹂"),
          Map.entry('﹃', "﹄"),
          Map.entry('｢', "｣"),
          Map.entry('〝', "〞〟"),
          Map.entry('＂', "＂"),
          Map.entry('‹', "›"),
          Map.entry('›', "‹›"),
          Map.entry('‘', "’"),
          Map.entry('‚', "‘’"),
          Map.entry('‛', "’"));

  private static final String SINGLE = "‘‚‛";

  private Quotes() {}

  /** Returns where the next quote opens that is closed, and not at once. */
  static OptionalInt opening(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (isOpening(text, i) && closing(text, i).isPresent()) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  /** Returns where the quote is closed that opens somewhere. */
  static OptionalInt closing(String text, int opening) {
    String closing = CLOSING.getOrDefault(text.charAt(opening), "");
    boolean single = SINGLE.indexOf(text.charAt(opening)) >= 0;
    for (int i = opening + 1; i < text.length(); i++) {
      if (closing.indexOf(text.charAt(i)) >= 0 && (!single || isEndOfWord(text, i + 1))) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  private static boolean isOpening(String text, int at) {
    char mark = text.charAt(at);
    boolean single = SINGLE.indexOf(mark) >= 0;
    return CLOSING.containsKey(mark)
        && (!single || at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)));
  }

  private static boolean isEndOfWord(String text, int at) {
    return at == text.length() || !Character.isLetterOrDigit(text.charAt(at));
  }
}
