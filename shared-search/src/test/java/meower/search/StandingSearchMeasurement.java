package meower.search;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;
import org.apache.lucene.search.Query;

/**
 * Measures what a meow costs that is compared with many standing searches: ours with and without
 * anchors, and Lucene's {@code MemoryIndex} without.
 *
 * <p>The words are made up, their lengths and how often they come are about those of English. Not a
 * test: run its {@code main}.
 */
final class StandingSearchMeasurement {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private static final int MEOWS = 2_000;
  private static final int ROUNDS = 8;
  private static final int WORDS = 5_000;

  private final Random random = new Random(1);
  private final List<String> words = new ArrayList<>();

  private StandingSearchMeasurement() {
    for (int i = 0; i < WORDS; i++) {
      StringBuilder word = new StringBuilder();
      word.append(
          "scpdbramtfhielgwovunjkqyzx".charAt(Math.min(random.nextInt(26), random.nextInt(26))));
      for (int letters = Math.clamp(1 + i / 40, 1, 3) + random.nextInt(6); letters > 0; letters--) {
        word.append("etaoinshrdlucmwfgypbvkjxqz".charAt(skewed(26)));
      }
      words.add(word.toString());
    }
  }

  /**
   * Prints microseconds of a processor for one meow, medians of rounds.
   *
   * @param arguments how many queries; 1,000 without any
   */
  public static void main(String[] arguments) {
    int queries = arguments.length == 0 ? 1_000 : Integer.parseInt(arguments[0]);
    new StandingSearchMeasurement().run(queries);
  }

  private void run(int count) {
    List<SearchQuery> queries = new ArrayList<>();
    StandingSearches<Integer> searches = new StandingSearches<>();
    for (int i = 0; searches.size() < count; i++) {
      SearchQuery query = SearchQuery.parse(query());
      searches.add(i, query);
      queries.add(query);
    }
    List<StandingSearch> each = queries.stream().map(StandingSearch::new).toList();
    LuceneSearch empty = new LuceneSearch(SearchedText.of(""));
    List<Query> lucene = queries.stream().map(empty::clauses).toList();
    List<String> meows = new ArrayList<>();
    for (int i = 0; i < MEOWS; i++) {
      meows.add(meow());
    }
    measure("with anchors", meows, body -> searches.matching(SearchedText.of(body)).size());
    print("of them tried for a meow", (double) searches.tried() / (MEOWS * ROUNDS));
    measure("without anchors", meows, body -> tryEach(body, each));
    measure("taking apart", meows, body -> Anchor.in(SearchedText.of(body)).size());
    measure("Lucene", meows.subList(0, MEOWS / 1_000), body -> tryLucene(body, lucene));
  }

  private static int tryEach(String body, List<StandingSearch> searches) {
    SearchedText meow = SearchedText.of(body);
    int found = 0;
    for (StandingSearch search : searches) {
      found += search.matches(meow).isPresent() ? 1 : 0;
    }
    return found;
  }

  private static int tryLucene(String body, List<Query> queries) {
    LuceneSearch meow = new LuceneSearch(SearchedText.of(body));
    int found = 0;
    for (Query query : queries) {
      found += meow.finds(query) ? 1 : 0;
    }
    return found;
  }

  private static void measure(String what, List<String> meows, ToIntFunction<String> work) {
    List<Double> rounds = new ArrayList<>();
    int found = 0;
    for (int round = 0; round < ROUNDS; round++) {
      long began = THREADS.getCurrentThreadCpuTime();
      for (String meow : meows) {
        found += work.applyAsInt(meow);
      }
      rounds.add((THREADS.getCurrentThreadCpuTime() - began) / 1_000.0 / meows.size());
    }
    rounds.sort(null);
    print(what + ", µs", rounds.get(ROUNDS / 2));
    print(what + ", found for a meow", (double) found / ROUNDS / meows.size());
  }

  @SuppressWarnings("SystemOut") // what it is for
  private static void print(String what, double value) {
    System.out.printf("%s: %.2f%n", what, value);
  }

  private String meow() {
    StringBuilder meow = new StringBuilder();
    for (int i = 5 + random.nextInt(16); i > 0; i--) {
      meow.append(random.nextInt(15) == 0 ? "#" : "").append(word()).append(' ');
    }
    return meow.toString();
  }

  /** Half of them a word, else a tag, a phrase, or some words. */
  private String query() {
    return switch (random.nextInt(8)) {
      case 0 -> "#" + rarer() + " ";
      case 1 -> '"' + word() + " " + rarer() + '"';
      case 2 -> rarer() + " " + rarer();
      case 3 -> word() + " " + rarer() + " " + rarer() + " ";
      case 4 -> rarer() + " ";
      default -> rarer();
    };
  }

  private String word() {
    return words.get(skewed(WORDS));
  }

  /** People search for what not each meow has. */
  private String rarer() {
    return words.get(50 + random.nextInt(WORDS - 50));
  }

  /** The first of them come often, as the words of a language do. */
  private int skewed(int count) {
    return (int) (Math.pow(count + 1.0, random.nextDouble()) - 1);
  }
}
