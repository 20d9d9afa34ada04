package meower.query.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** Makes up texts of many scripts, and what whoever has read one would look for. */
final class WrittenTexts {

  private static final Pattern SPACE = Pattern.compile("\\s+");

  /** Words and pieces of many scripts, and what stands between words. */
  private static final List<String> PIECES =
      List.of(
          "meow",
          "Café",
          "naïve",
          "Straße",
          "l’été",
          "rock'n'roll",
          "node.js",
          "v1.2",
          "C++",
          "C#",
          ".NET",
          "2024",
          "3.14",
          "https://example.org/a_b?c=d#e",
          "@me",
          "#tag",
          "#l’été",
          "#node.js",
          "İzmir",
          "ёлка",
          "м’ята",
          "σίσυφος",
          "סֵפֶר",
          "צה״ל",
          "كتـــاب",
          "نرم\u200cافزار",
          "हिंदी",
          "क़लम",
          "தமிழ்",
          "東京タワー",
          "熱力学",
          "パリ",
          "ﾊﾟﾘ",
          "ぼっち・ざ・ろっく",
          "我在北京",
          "커피숍에서",
          "한국",
          "แมวนอนบนโซฟา",
          "ແມວ",
          "ဆေး",
          "🐈",
          "👩‍💻",
          "👍🏽",
          "🇫🇷",
          "❤️",
          "1️⃣",
          "«да»",
          "„so“",
          "(ja)",
          "-",
          "…",
          "!?");

  private WrittenTexts() {}

  static String body(Random random) {
    List<String> words = new ArrayList<>();
    int count = 1 + random.nextInt(8);
    for (int i = 0; i < count; i++) {
      String piece = PIECES.get(random.nextInt(PIECES.size()));
      words.add(random.nextInt(4) == 0 ? piece + PIECES.get(random.nextInt(PIECES.size())) : piece);
    }
    return String.join(random.nextBoolean() ? " " : "\n", words);
  }

  /** Returns a run of whole words of the text: while it is typed, finished, and in quotes. */
  static List<String> queries(Random random, String body) {
    List<String> words = SPACE.splitAsStream(body.strip()).toList();
    int from = random.nextInt(words.size());
    int to = from + 1 + random.nextInt(words.size() - from);
    String run = String.join(" ", words.subList(from, to));
    return List.of(run, run + " ", '"' + run + '"');
  }
}
