package meower.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import meower.e2e.access.FrontDoor;
import meower.e2e.chaos.fault.FaultKind;
import meower.e2e.chaos.load.LoadOptions;
import meower.e2e.chaos.program.load.ProgramOptions;
import org.junit.jupiter.api.Test;

/** The short form of {@code ./meower chaos}, with two instances of each service. */
class ChaosIntegrationTests {

  /**
   * What is promised holds on a machine of one's own: this one may have to share it with others,
   * and stands still for longer now and then.
   */
  static final Bounds SHARED = new Bounds(Duration.ofSeconds(10), Duration.ofSeconds(45));

  private static final ChaosOptions SHORT =
      new ChaosOptions(
          Duration.ofSeconds(90),
          20,
          FrontDoor.free(2),
          Optional.empty(),
          new LoadOptions(30, 12, 2),
          new ProgramOptions(5, 10, 6),
          SHARED,
          List.of());

  @Test
  void noMeowIsLostOrDoubledOrOutOfOrderWhateverBreaks() throws Exception {
    var report = Chaos.run(SHORT);
    report.lines().forEach(System.out::println);
    assertThat(report.violations()).as(report.summary()).isEmpty();
    assertThat(report.counts().acknowledged()).isGreaterThan(1_000);
    assertThat(report.counts().edited()).isGreaterThan(100);
    assertThat(report.counts().deleted()).isGreaterThan(100);
    assertThat(report.programs().acknowledged()).isGreaterThan(500);
    assertThat(report.programs().called()).isGreaterThan(50);
    assertThat(report.programs().fed()).isGreaterThan(1_000);
    assertThat(report.programs().reports()).isGreaterThan(50);
    assertThat(report.programs().reads()).isGreaterThan(50);
    assertThat(report.remains()).hasSize(11).allMatch(remains -> remains.words().isEmpty());
    assertThat(struck(report)).hasSize(FaultKind.values().length - report.unavailable().size());
  }

  private static List<FaultKind> struck(ChaosReport report) {
    return report.strikes().stream()
        .map(strike -> strike.fault().kind())
        .distinct()
        .collect(Collectors.toList());
  }
}
