package meower.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import meower.text.Token;
import meower.text.Tokens;

/** Makes up meows of several scripts, and queries that often almost match them. */
final class TypedTexts {

  private static final List<String> PIECES =
      List.of(
          "breakfast",
          "Brekfast",
          "kitten",
          "kittens",
          "umbrella",
          "caterpillar",
          "cat",
          "cart",
          "house",
          "horse",
          "node.js",
          "black-board",
          "don’t",
          "wi-fi",
          "C++",
          ".net",
          "v1.2",
          "2024",
          "Café",
          "Straße",
          "ёлка",
          "молоко",
          "سلام",
          "हिंदी",
          "東京の天気",
          "東京天気",
          "パリ",
          "猫",
          "커피숍에서",
          "แมวนอนบนโซฟา",
          "🐈",
          "🇫🇷",
          "#kittens",
          "#Café",
          "#東京",
          "!?",
          "«да»",
          "𝒳𐐀𐐁𐐂𐐃x");

  private static final List<String> ABOUT = List.of(" ", " ", " ", "", "-", ", ", "\n");

  private TypedTexts() {}

  static String body(Random random) {
    StringBuilder body = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      body.append(piece(random)).append(any(ABOUT, random));
    }
    return body.toString();
  }

  /** Parts that the body has, or almost. */
  static String query(Random random, String body) {
    List<String> parts = new ArrayList<>();
    for (int i = random.nextInt(3); i >= 0; i--) {
      parts.add(random.nextInt(5) == 0 ? piece(random) : part(random, body));
    }
    return String.join(" ", parts) + (random.nextBoolean() ? " " : "");
  }

  /** Mostly from the beginning of a word, and mostly whole. */
  private static String part(Random random, String body) {
    List<Token> tokens = Tokens.of(body);
    if (tokens.isEmpty() || random.nextInt(8) == 0) {
      int from = body.offsetByCodePoints(0, random.nextInt(body.codePointCount(0, body.length())));
      return quoted(
          random, mistaken(random, body.substring(from, Math.min(from + 5, body.length()))));
    }
    int first = random.nextInt(tokens.size());
    int last = Math.min(first + random.nextInt(3), tokens.size() - 1);
    int start = tokens.get(first).start();
    int end = Math.max(start + 1, tokens.get(last).end() - Math.max(0, random.nextInt(6) - 3));
    return quoted(random, mistaken(random, body.substring(start, end)));
  }

  private static String quoted(Random random, String text) {
    return random.nextInt(4) == 0 ? '"' + text + '"' : text;
  }

  private static String piece(Random random) {
    return mistaken(random, any(PIECES, random));
  }

  /** With a typing error or two, or none. */
  private static String mistaken(Random random, String text) {
    List<String> letters =
        new ArrayList<>(text.codePoints().mapToObj(Character::toString).toList());
    for (int errors = random.nextInt(5) - 2; errors > 0 && letters.size() > 1; errors--) {
      int at = random.nextInt(letters.size());
      switch (random.nextInt(4)) {
        case 0 -> letters.remove(at);
        case 1 -> letters.add(at, "e");
        case 2 -> letters.set(at, "a");
        default -> letters.add(random.nextInt(letters.size()), letters.remove(at));
      }
    }
    return String.join("", letters);
  }

  private static String any(List<String> texts, Random random) {
    return texts.get(random.nextInt(texts.size()));
  }
}
