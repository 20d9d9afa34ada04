package meower.query.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import meower.text.FoldedText;
import meower.text.Hashtag;

/**
 * What somebody typed, taken apart: {@code "exact phrases"}, {@code #tags} and words.
 *
 * <p>There is no syntax beyond that: a quote that is not closed and every other character is text,
 * so that every input is a query. One without a single word finds nothing.
 *
 * @param parts in the order in which they were typed
 */
record SearchQuery(List<SearchPart> parts) {

  private static final char QUOTE = '"';
  private static final Pattern SPACE = Pattern.compile("\\s+");

  /** Takes a text apart; every text can be. */
  static SearchQuery parse(String text) {
    List<SearchPart> parts = new ArrayList<>();
    int open = text.indexOf(QUOTE);
    int from = 0;
    while (open >= 0) {
      int close = text.indexOf(QUOTE, open + 1);
      if (close < 0) {
        break;
      }
      addLoose(text.substring(from, open), parts);
      add(new SearchPart.Phrase(fold(text.substring(open + 1, close))), parts);
      from = close + 1;
      open = text.indexOf(QUOTE, from);
    }
    addLoose(text.substring(from), parts);
    return new SearchQuery(List.copyOf(parts));
  }

  /** Returns the part that is perhaps not complete yet because somebody is still typing it. */
  Optional<SearchPart> last() {
    return parts.isEmpty() ? Optional.empty() : Optional.of(parts.getLast());
  }

  private static void addLoose(String text, List<SearchPart> parts) {
    int from = 0;
    for (Hashtag tag : Hashtag.in(text)) {
      addWords(text.substring(from, tag.start()), parts);
      parts.add(new SearchPart.Tag(tag.name()));
      from = tag.end();
    }
    addWords(text.substring(from), parts);
  }

  private static void addWords(String text, List<SearchPart> parts) {
    SPACE.splitAsStream(fold(text)).forEach(word -> add(new SearchPart.Words(word), parts));
  }

  private static void add(SearchPart part, List<SearchPart> parts) {
    if (part.text().codePoints().anyMatch(SearchQuery::canBeFound)) {
      parts.add(part);
    }
  }

  /** The rest is punctuation, of which the index holds nothing. */
  private static boolean canBeFound(int codePoint) {
    return Character.isLetterOrDigit(codePoint)
        || Character.isEmojiPresentation(codePoint)
        || Character.isExtendedPictographic(codePoint);
  }

  private static String fold(String text) {
    return FoldedText.of(text).text();
  }

  /** Returns the parts that are complete for certain: all but the last one. */
  List<SearchPart> complete() {
    return parts.isEmpty() ? List.of() : parts.subList(0, parts.size() - 1);
  }

  /** Returns the texts of all parts of one kind. */
  List<String> texts(Class<? extends SearchPart> kind) {
    return parts.stream().filter(kind::isInstance).map(SearchPart::text).toList();
  }
}
