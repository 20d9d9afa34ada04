package meower.standalone.demo;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Invents short texts that look like what people and cats write: all different, in several
 * languages.
 */
public final class DemoTexts {
  private static final int MAX_CODE_POINTS = 140;

  private final Random random;
  private final Set<String> used = new HashSet<>();
  private final List<Supplier<String>> kinds =
      List.of(
          this::sighting,
          this::opinion,
          this::question,
          this::recipe,
          this::foreign,
          this::link,
          this::diary);

  /**
   * @param seed the same one brings the same texts
   */
  public DemoTexts(long seed) {
    this.random = new Random(seed);
  }

  /** An endless stream of texts that differ from each other in more than their end. */
  public Stream<String> stream() {
    return Stream.generate(() -> one(kinds).get())
        .filter(text -> text.codePointCount(0, text.length()) <= MAX_CODE_POINTS)
        .filter(used::add);
  }

  private String sighting() {
    return "%s %s %s %s%s"
        .formatted(
            one(DemoWords.CATS),
            one(DemoWords.DOINGS),
            one(DemoWords.PLACES),
            one(DemoWords.TIMES),
            ending());
  }

  private String opinion() {
    return "%s %s is %s than %s%s"
        .formatted(
            one(DemoWords.OPENINGS),
            one(DemoWords.THINGS),
            one(DemoWords.COMPARISONS),
            one(DemoWords.THINGS),
            ending());
  }

  private String question() {
    return "%s %s %s?%s"
        .formatted(
            one(DemoWords.QUESTIONS), one(DemoWords.THINGS), one(DemoWords.PLACES), ending());
  }

  private String recipe() {
    return "%s: %d g %s, %d g %s, %d minutes %s%s"
        .formatted(
            one(DemoWords.DISHES),
            50 + 25 * random.nextInt(19),
            one(DemoWords.INGREDIENTS),
            5 + 5 * random.nextInt(20),
            one(DemoWords.INGREDIENTS),
            5 + 5 * random.nextInt(17),
            one(DemoWords.HEATS),
            ending());
  }

  private String foreign() {
    var language = one(DemoWords.LANGUAGES);
    return "%s %s %s%s"
        .formatted(
            one(language.subjects()), one(language.verbs()), one(language.places()), ending());
  }

  private String link() {
    return "%s about %s %s: https://example.%s/%s/%d%s"
        .formatted(
            one(DemoWords.READINGS),
            one(DemoWords.THINGS),
            one(DemoWords.PLACES),
            one(DemoWords.DOMAINS),
            one(DemoWords.TAGS),
            1 + random.nextInt(900),
            ending());
  }

  private String diary() {
    return "%s %s, %d°C. %s %s%s"
        .formatted(
            one(DemoWords.WEATHERS),
            one(DemoWords.TIMES),
            random.nextInt(45) - 10,
            one(DemoWords.MOODS),
            one(DemoWords.THINGS),
            ending());
  }

  private String ending() {
    return switch (random.nextInt(6)) {
      case 0 -> " #" + one(DemoWords.TAGS);
      case 1 -> " " + one(DemoWords.EMOJI);
      case 2 -> " #" + one(DemoWords.TAGS) + " " + one(DemoWords.EMOJI);
      case 3 -> " #" + one(DemoWords.TAGS) + " #" + one(DemoWords.TAGS);
      default -> "";
    };
  }

  private <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
