package meower.bench.read;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import meower.text.FoldedText;
import meower.text.Token;
import meower.text.Tokens;

/** Words that are searched for, by how many of the meows have them. */
final class SearchedWords {

  /** So many of each kind. */
  static final int COUNT = 10;

  /** Twice as many as a query-service remembers. */
  private static final int MANY = 1_000;

  private static final int LETTERS = 26;

  /** One meow of so many has a middling word. */
  private static final int MIDDLING = 30;

  /** Short ones forgive no typing error, and so say little. */
  private static final int LEAST_LETTERS = 4;

  private static final Pattern WORD = Pattern.compile("[a-z]+");

  private final Map<String, Integer> meows = new HashMap<>();
  private final int size;

  /**
   * @param texts those of the meows
   * @param size how many they are
   */
  SearchedWords(Stream<String> texts, int size) {
    this.size = size;
    texts.forEach(text -> words(text).forEach(word -> meows.merge(word, 1, Integer::sum)));
  }

  private static Set<String> words(String text) {
    Set<String> words = new HashSet<>();
    for (Token token : Tokens.of(FoldedText.of(text).text())) {
      if (WORD.matcher(token.text()).matches()) {
        words.add(token.text());
      }
    }
    return words;
  }

  /** Returns those that most meows have. */
  List<String> mostCommon() {
    return first(
        meows.keySet().stream(),
        Comparator.comparingInt((String word) -> -meows.getOrDefault(word, 0)));
  }

  /** Returns those that about a thirtieth of the meows have. */
  List<String> middling() {
    return first(
        longer(),
        Comparator.comparingInt(
            (String word) -> Math.abs(meows.getOrDefault(word, 0) - size / MIDDLING)));
  }

  /** Returns those that fewest meows have. */
  List<String> rare() {
    return first(longer(), Comparator.comparingInt((String word) -> meows.getOrDefault(word, 0)));
  }

  /** Returns some that no meow has, nor anything like them. */
  List<String> unknown() {
    return rare().stream().map(word -> "zq" + word).toList();
  }

  /** Returns so many of these that an answer which is remembered is forgotten before its turn. */
  List<String> manyUnknown() {
    List<String> few = unknown();
    return IntStream.range(0, MANY)
        .mapToObj(i -> few.get(i % few.size()) + ending(i / few.size()))
        .toList();
  }

  private static String ending(int number) {
    return "%c%c".formatted('a' + number / LETTERS, 'a' + number % LETTERS);
  }

  private Stream<String> longer() {
    return meows.keySet().stream().filter(word -> word.length() >= LEAST_LETTERS);
  }

  /** The same ones each time. */
  private static List<String> first(Stream<String> words, Comparator<String> order) {
    return words.sorted(order.thenComparing(Comparator.naturalOrder())).limit(COUNT).toList();
  }
}
