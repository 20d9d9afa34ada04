package meower.e2e.chaos.history;

import java.util.List;
import java.util.Locale;

/**
 * What is posted: phrases that are hard to keep, with words that say where they come from.
 *
 * @param run a word that tells this run's texts from those of others
 */
public record Texts(String run) {

  /** Every sixth text has it. */
  public static final String TOPIC = "#cats";

  private static final int WITH_TOPIC = 4;

  private static final List<String> PHRASES =
      List.of(
          "the cat sat on the mat",
          "un café, s'il vous plaît",
          "raining <b>cats</b> & \"dogs\"",
          "\uD83D\uDC31 purrs at 3 o'clock",
          "猫が好き " + TOPIC,
          "two\nlines of meow");

  /** What comes behind {@link #mark} in a word that only one text has. */
  static final int MARKED = 8;

  String key(int number) {
    return run + "-" + number;
  }

  /**
   * @param place of the text among those of its post
   */
  String body(int number, int place) {
    return body(number, place, PHRASES.get((number + place) % PHRASES.size()));
  }

  String bodyWithTopic(int number) {
    return body(number, 0, PHRASES.get(WITH_TOPIC));
  }

  private String body(int number, int place, String phrase) {
    return String.join(
        " ", ofPost(number), ofLot(number / Ledger.LOT), ofText(number, place), phrase);
  }

  String ofPost(int number) {
    return run + "n" + Integer.toString(number, Character.MAX_RADIX);
  }

  String ofLot(int lot) {
    return run + "lot" + lot;
  }

  /** What the words begin with that only one text has, and nothing else. */
  public String mark() {
    return run + "q";
  }

  /** A word that only one text has, always as long, so that none is a part of another one. */
  String ofText(int number, int place) {
    String text = "%5s%3s".formatted(base36(number), base36(place)).replace(' ', '0');
    return mark() + text.toLowerCase(Locale.ROOT);
  }

  private static String base36(int value) {
    return Integer.toString(value, Character.MAX_RADIX);
  }

  /** Whether browsers that want only {@link #TOPIC} get what was posted with this text. */
  public static boolean hasTopic(String body) {
    return body.contains(TOPIC);
  }
}
