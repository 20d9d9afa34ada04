package meower.query.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import meower.text.FoldedText;
import meower.text.Hashtag;
import meower.text.TextRange;

/**
 * Finds out which parts of a body are why it was found.
 *
 * <p>Elasticsearch marks words in the folded text; here they are brought back to the body. The
 * marks are control characters, which a folded text never contains.
 */
final class Highlights {

  static final char OPEN = '\u0001';
  static final char CLOSE = '\u0002';

  private Highlights() {}

  /**
   * Returns the ranges of the body, sorted, none touching another.
   *
   * @param marked the folded body with marks, or nothing if no word of it was marked
   */
  static List<TextRange> in(String body, Optional<String> marked, SearchQuery query) {
    Stream<TextRange> words = marked.stream().flatMap(text -> words(body, text).stream());
    return merge(Stream.concat(words, tags(body, query)));
  }

  /** An index that was filled with other rules, those of an older Unicode say, leads nowhere. */
  private static List<TextRange> words(String body, String marked) {
    FoldedText folded = FoldedText.of(body);
    if (!folded.text().equals(withoutMarks(marked))) {
      return List.of();
    }
    List<TextRange> ranges = new ArrayList<>();
    int position = 0;
    int open = 0;
    for (int i = 0; i < marked.length(); i++) {
      switch (marked.charAt(i)) {
        case OPEN -> open = position;
        case CLOSE -> {
          if (position > open) {
            ranges.add(folded.original(open, position));
          }
        }
        default -> position++;
      }
    }
    return ranges;
  }

  private static String withoutMarks(String marked) {
    return marked.replace(String.valueOf(OPEN), "").replace(String.valueOf(CLOSE), "");
  }

  private static Stream<TextRange> tags(String body, SearchQuery query) {
    List<String> wanted = query.texts(SearchPart.Tag.class);
    Optional<String> beginning =
        query.last().filter(SearchPart.Tag.class::isInstance).map(SearchPart::text);
    return wanted.isEmpty()
        ? Stream.empty()
        : Hashtag.in(body).stream()
            .filter(tag -> isWanted(tag.name(), wanted, beginning))
            .map(tag -> new TextRange(tag.start(), tag.end()));
  }

  private static boolean isWanted(String name, List<String> wanted, Optional<String> beginning) {
    return wanted.contains(name) || beginning.filter(name::startsWith).isPresent();
  }

  private static List<TextRange> merge(Stream<TextRange> ranges) {
    List<TextRange> merged = new ArrayList<>();
    ranges
        .sorted(Comparator.comparingInt(TextRange::start))
        .forEach(range -> {
          if (merged.isEmpty() || merged.getLast().end() < range.start()) {
            merged.add(range);
          } else {
            TextRange last = merged.removeLast();
            merged.add(new TextRange(last.start(), Math.max(last.end(), range.end())));
          }
        });
    return merged;
  }
}
