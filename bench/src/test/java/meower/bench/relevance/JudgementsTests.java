package meower.bench.relevance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The judged data is what its readers are told it is. */
class JudgementsTests {

  private static final int LONGEST = 140;

  private static Judgements judgements;

  @BeforeAll
  static void read() throws IOException {
    judgements = Judgements.read();
  }

  @Test
  void hasDifferentTextsOfManyLanguagesThatCanBePosted() {
    assertThat(judgements.texts()).hasSizeBetween(2_500, 4_000);
    assertThat(judgements.texts().stream().map(JudgedText::key)).doesNotHaveDuplicates();
    assertThat(judgements.texts().stream().map(JudgedText::text))
        .doesNotHaveDuplicates()
        .allSatisfy(
            text -> assertThat(text.codePointCount(0, text.length())).isLessThanOrEqualTo(LONGEST));
    assertThat(judgements.texts().stream().map(JudgedText::language).distinct())
        .hasSizeGreaterThanOrEqualTo(16);
  }

  @Test
  void asksInManyLanguagesAndSeveralTimesForEachKind() {
    assertThat(judgements.queries()).hasSizeGreaterThanOrEqualTo(90);
    assertThat(judgements.queries().stream().map(JudgedQuery::language).distinct())
        .hasSizeGreaterThanOrEqualTo(12);
    assertThat(
            judgements.queries().stream()
                .collect(Collectors.groupingBy(JudgedQuery::kind, Collectors.counting())))
        .hasSize(14)
        .allSatisfy((_, count) -> assertThat(count).isGreaterThanOrEqualTo(7));
  }

  @Test
  void judgesOnlyTextsThatAreThereAndAllThatWereWrittenForIt() {
    Set<String> judged =
        judgements.queries().stream()
            .flatMap(query -> query.judged().stream())
            .collect(Collectors.toSet());

    assertThat(judgements.judged().stream().map(JudgedText::key))
        .containsExactlyInAnyOrderElementsOf(judged);
  }

  @Test
  void judgesEveryTextInWhichAQueryStandsAsItIs() {
    Map<String, String> texts =
        judgements.texts().stream().collect(Collectors.toMap(JudgedText::key, JudgedText::text));

    assertThat(judgements.queries())
        .allSatisfy(query -> {
          Pattern literal = literal(query.query());
          assertThat(query.judged())
              .as(query.query())
              .containsAll(
                  texts.keySet().stream()
                      .filter(key -> literal.matcher(texts.get(key)).find())
                      .toList());
        });
  }

  /** Not in the middle of a word, and at the beginning of one only while it is still typed. */
  private static Pattern literal(String query) {
    String letter = "[\\p{L}\\p{M}\\p{N}]";
    boolean isComplete = query.endsWith(" ") && !query.codePoints().anyMatch(JudgementsTests::runs);
    String behind = isComplete ? "(?!" + letter + ")" : "";
    String before = query.codePoints().anyMatch(JudgementsTests::runs) ? "" : "(?<!" + letter + ")";
    return Pattern.compile(
        before + Pattern.quote(query.strip()) + behind,
        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
  }

  /** Letters of what is written without spaces. */
  private static boolean runs(int codePoint) {
    return Set.of("HAN", "HIRAGANA", "KATAKANA", "THAI")
        .contains(Character.UnicodeScript.of(codePoint).name());
  }
}
