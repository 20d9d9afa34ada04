package meower.bench.relevance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTests {

  private static final Result RESULT =
      new Result(
          "an engine",
          List.of(
              score("prefix", List.of("a", "b")),
              score("exact", List.of("wrong", "b")),
              score("prefix", List.of("other", "other2", "other3", "a"))));

  @Test
  void isTheAverageOfItsQueries() {
    assertThat(RESULT.recall()).isEqualTo((1 + 0.5 + 0.5) / 3);
    assertThat(RESULT.precision()).isEqualTo((1 + 0.5 + 0.25) / 3);
    assertThat(RESULT.meanReciprocalRank()).isEqualTo((1 + 0.5 + 0.25) / 3);
    assertThat(RESULT.violations()).hasSize(3);
  }

  @Test
  void countsEachKindByItself() {
    assertThat(RESULT.byKind().keySet()).containsExactly("prefix", "exact");
    assertThat(RESULT.byKind().get("prefix"))
        .satisfies(prefix -> assertThat(prefix.recall()).isEqualTo(0.75))
        .satisfies(prefix -> assertThat(prefix.violations()).hasSize(1));
  }

  @Test
  void isReportedAsTablesAndALineForEachViolation() {
    List<String> lines = Report.of(List.of(RESULT));

    assertThat(lines)
        .containsSubsequence(
            "| an engine | 3 | 0.667 | 0.583 | 0.583 | 3 |",
            "| prefix | 2 | 0.750 | 0.625 | 0.625 | 1 |",
            "| exact | 1 | 0.500 | 0.500 | 0.500 | 2 |",
            "exact (en): [cats] misses a",
            "exact (en): [cats] finds wrong");
  }

  private static Score score(String kind, List<String> found) {
    JudgedQuery query =
        new JudgedQuery("en", kind, "cats", List.of("a", "b"), null, List.of("wrong"), null);
    return Score.of(query, found);
  }
}
