package meower.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import meower.text.FoldedText;
import meower.text.Hashtag;
import meower.text.Token;
import meower.text.Tokens;

/**
 * What somebody typed, taken apart: {@code "exact phrases"}, {@code #tags} and words.
 *
 * <p>There is no syntax beyond that: a quote that is not closed and every other character is text,
 * so that every input is a query. One without a single word finds nothing. What stands at the very
 * end, with no space behind it, may still be being typed; a space finishes it, and quotes do.
 *
 * @param parts in the order in which they were typed
 */
public record SearchQuery(List<SearchPart> parts) {

  /** So many characters a query has at most. */
  public static final int MAX_LENGTH = 200;

  /** More words than that are not looked for next to each other. */
  private static final int LONGEST_ROW = 30;

  private static final Pattern SPACE = Pattern.compile("\\s+");

  public SearchQuery {
    parts = List.copyOf(parts);
  }

  /** Takes a text apart; every text can be. */
  public static SearchQuery parse(String text) {
    List<SearchPart> parts = new ArrayList<>();
    int from = 0;
    OptionalInt open = Quotes.opening(text, from);
    while (open.isPresent()) {
      int close = Quotes.closing(text, open.getAsInt()).orElseThrow();
      addLoose(text.substring(from, open.getAsInt()), false, parts);
      addQuoted(text.substring(open.getAsInt() + 1, close), parts);
      from = close + 1;
      open = Quotes.opening(text, from);
    }
    addLoose(text.substring(from), true, parts);
    return new SearchQuery(parts);
  }

  /**
   * Returns why a text cannot be a query, as what its name is followed by in a sentence: {@code has
   * to be …}; nothing if it can be one.
   */
  public static Optional<String> refusal(String text) {
    String typed = text.strip();
    int length = typed.codePointCount(0, typed.length());
    return length < 1 || length > MAX_LENGTH
        ? Optional.of("has to be the text to search for, 1 to %d characters".formatted(MAX_LENGTH))
        : Optional.empty();
  }

  /** Returns how many words it has, that is, how much stands between spaces. */
  int words() {
    return parts.stream()
        .mapToInt(part -> (int) SPACE.splitAsStream(part.text().strip()).count())
        .sum();
  }

  /** Returns the parts of one kind. */
  public <T extends SearchPart> List<T> parts(Class<T> kind) {
    return parts.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /**
   * Returns the words that somebody may have typed in the order in which they stand: a meow that
   * has them in this row is a better one. None when there is no order, or too much of it.
   */
  public List<Token> row() {
    List<Token> row =
        parts(SearchPart.Words.class).stream().flatMap(words -> words.tokens().stream()).toList();
    return row.size() < 2 || row.size() > LONGEST_ROW ? List.of() : row;
  }

  /** A tag in quotes is that tag. */
  private static void addQuoted(String text, List<SearchPart> parts) {
    Optional<Hashtag> tag = Hashtag.parse(text.strip());
    if (tag.isPresent()) {
      parts.add(new SearchPart.Tag(tag.get().name(), false));
    } else {
      add(new SearchPart.Phrase(fold(text)), parts);
    }
  }

  private static void addLoose(String text, boolean isEnd, List<SearchPart> parts) {
    int from = 0;
    for (Hashtag tag : Hashtag.in(text)) {
      addWords(text.substring(from, tag.start()), false, parts);
      parts.add(new SearchPart.Tag(tag.name(), isEnd && tag.end() == text.length()));
      from = tag.end();
    }
    addWords(text.substring(from), isEnd, parts);
  }

  private static void addWords(String text, boolean isEnd, List<SearchPart> parts) {
    String folded = fold(text);
    List<String> words = SPACE.splitAsStream(folded).toList();
    boolean isOpen = isEnd && folded.equals(folded.stripTrailing());
    for (int i = 0; i < words.size(); i++) {
      add(new SearchPart.Words(words.get(i), isOpen && i == words.size() - 1), parts);
    }
  }

  /** The rest is punctuation, of which the index holds nothing. */
  private static void add(SearchPart part, List<SearchPart> parts) {
    if (!Tokens.of(part.text()).isEmpty()) {
      parts.add(part);
    }
  }

  private static String fold(String text) {
    return FoldedText.of(text).text();
  }
}
