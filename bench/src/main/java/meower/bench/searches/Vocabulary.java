package meower.bench.searches;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Made-up words, and what people write and search for with them. Their lengths and how often they
 * come are about those of English; the same seed makes the same.
 */
public final class Vocabulary {

  private static final int WORDS = 5_000;

  /** People search for what not each meow has. */
  private static final int COMMON = 50;

  private static final String FIRST_LETTERS = "scpdbramtfhielgwovunjkqyzx";
  private static final String LETTERS = "etaoinshrdlucmwfgypbvkjxqz";

  private final Random random;
  private final List<String> words = new ArrayList<>();

  public Vocabulary(long seed) {
    random = new Random(seed);
    for (int i = 0; i < WORDS; i++) {
      words.add(word(i));
    }
  }

  /** Returns a text of at most so many letters. */
  public String text(int most) {
    StringBuilder text = new StringBuilder();
    for (int i = 5 + random.nextInt(16); i > 0; i--) {
      text.append(random.nextInt(15) == 0 ? "#" : "").append(any()).append(' ');
    }
    return text.substring(0, Math.min(most, text.length())).strip();
  }

  /** Returns so many different queries: half of them a word, else a tag, a phrase or some words. */
  public List<String> queries(int count) {
    Set<String> queries = new LinkedHashSet<>();
    while (queries.size() < count) {
      queries.add(query());
    }
    return List.copyOf(queries);
  }

  private String query() {
    return switch (random.nextInt(8)) {
      case 0 -> "#" + rarer() + " ";
      case 1 -> '"' + any() + " " + rarer() + '"';
      case 2 -> rarer() + " " + rarer();
      case 3 -> any() + " " + rarer() + " " + rarer() + " ";
      case 4 -> rarer() + " ";
      default -> rarer();
    };
  }

  private String word(int rank) {
    StringBuilder word = new StringBuilder();
    int first = Math.min(random.nextInt(26), random.nextInt(26));
    word.append(FIRST_LETTERS.charAt(first));
    for (int left = Math.clamp(1 + rank / 40, 1, 3) + random.nextInt(6); left > 0; left--) {
      word.append(LETTERS.charAt(skewed(26)));
    }
    return word.toString();
  }

  private String any() {
    return words.get(skewed(WORDS));
  }

  private String rarer() {
    return words.get(COMMON + random.nextInt(WORDS - COMMON));
  }

  /** The first of them come often, as the words of a language do. */
  private int skewed(int count) {
    return (int) (Math.pow(count + 1.0, random.nextDouble()) - 1);
  }
}
