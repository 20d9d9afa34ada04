package meower.query.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes up meows of many scripts with typing errors, and queries that often almost match one. */
final class TypedTexts {

  /** Each with few wrong spellings, which are always the same. */
  private static final List<String> WORDS =
      List.of(
          "breakfast",
          "kitten",
          "umbrella",
          "caterpillar",
          "cat",
          "house",
          "horse",
          "blackboard",
          "Straße",
          "молоко",
          "Ελλάδα",
          "سلام",
          "𝒳𐐀𐐁𐐂𐐃x");

  private static final int SPELLINGS = 6;

  private TypedTexts() {}

  static String body(Random random) {
    String written = WrittenTexts.body(random);
    StringBuilder body = new StringBuilder(random.nextBoolean() ? written : "");
    for (int i = random.nextInt(4); i >= 0; i--) {
      body.append(" ").append(random.nextInt(6) == 0 ? "#" : "").append(word(random));
    }
    return body.toString();
  }

  /** What stands in the body; or words of it, one of them mistaken or not written to its end. */
  static String query(Random random, String body) {
    List<String> written = WrittenTexts.queries(random, body);
    if (random.nextInt(3) == 0) {
      String query = written.get(random.nextInt(written.size()));
      return query.length() > 200 ? query.substring(0, 100) : query;
    }
    List<String> parts = new ArrayList<>();
    for (int i = random.nextInt(2); i >= 0; i--) {
      String part = random.nextInt(4) == 0 ? word(random) : written.getFirst().split("\\s", 2)[0];
      parts.add(random.nextInt(3) == 0 ? '"' + part + '"' : part);
    }
    String query = String.join(" ", parts);
    return switch (random.nextInt(4)) {
      case 0 -> query + " ";
      case 1 -> query.substring(0, query.offsetByCodePoints(0, half(random, query)));
      case 2 -> mistaken(random, query);
      default -> query;
    };
  }

  private static int half(Random random, String text) {
    return 1 + random.nextInt(text.codePointCount(0, text.length()));
  }

  private static String word(Random random) {
    String word = WORDS.get(random.nextInt(WORDS.size()));
    int spelling = random.nextInt(SPELLINGS);
    return spelling == 0 ? word : mistaken(new Random(31L * word.hashCode() + spelling), word);
  }

  /** With one typing error or two. */
  private static String mistaken(Random random, String text) {
    List<String> letters =
        new ArrayList<>(text.codePoints().mapToObj(Character::toString).toList());
    for (int errors = 1 + random.nextInt(2); errors > 0 && letters.size() > 1; errors--) {
      int at = random.nextInt(letters.size());
      switch (random.nextInt(4)) {
        case 0 -> letters.remove(at);
        case 1 -> letters.add(at, "e");
        case 2 -> letters.set(at, "a");
        default -> letters.add(Math.max(0, at - 1), letters.remove(at));
      }
    }
    return String.join("", letters);
  }
}
