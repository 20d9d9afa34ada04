package meower.bench.relevance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import meower.bench.lab.BenchOptions;
import meower.bench.lab.Workshop;
import meower.standalone.stack.PortPlan;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The search gets no worse; what it gets better by is written into {@code floor.json}. */
class RelevanceIntegrationTests {

  private static Floor floor;
  private static Result result;

  @BeforeAll
  static void judge() throws Exception {
    floor = Floor.read();
    String port = "" + PortPlan.free().nginx();
    BenchOptions options = BenchOptions.parse(List.of("relevance", "--port", port));
    try (Workshop workshop = new Workshop(options, RelevanceIntegrationTests::say)) {
      workshop.stack().start((part, after) -> say(part + " after " + after));
      Contest contest = new Contest(Judgements.read(), RelevanceIntegrationTests::say);
      List<Result> results = contest.run(options.ports().nginx(), workshop.elasticsearch());
      Report.of(results).forEach(RelevanceIntegrationTests::say);
      result = results.getFirst();
    }
  }

  @Test
  void findsWhatHasToBeFound() {
    assertThat(result.recall()).isGreaterThanOrEqualTo(floor.recall());
  }

  @Test
  void findsLittleElse() {
    assertThat(result.precision()).isGreaterThanOrEqualTo(floor.precision());
  }

  @Test
  void findsTheBestFirst() {
    assertThat(result.meanReciprocalRank()).isGreaterThanOrEqualTo(floor.meanReciprocalRank());
  }

  private static void say(String line) {
    System.out.println(line);
  }
}
