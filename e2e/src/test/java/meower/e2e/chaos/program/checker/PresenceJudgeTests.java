package meower.e2e.chaos.program.checker;

import static meower.e2e.chaos.program.checker.Queues.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import meower.e2e.chaos.history.Outages;
import meower.e2e.chaos.history.Violation.Kind;
import meower.e2e.chaos.history.Violations;
import meower.e2e.chaos.program.history.PresenceHistory;
import meower.e2e.chaos.program.history.PresenceHistory.LookUp;
import meower.e2e.chaos.program.history.PresenceHistory.Read;
import meower.e2e.chaos.program.history.PresenceHistory.Report;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each kind of lie is told once to the judge of presence, and the truths beside it. */
class PresenceJudgeTests {

  private final PresenceHistory history = new PresenceHistory();

  @Test
  void findsNothingWrongWithWhatIsRight() {
    reported(0, "2", "3");
    lookedUp(0.5, "2", "3");
    read(0.6);
    read(1, "2");
    read(10, "2");
    read(29, "2");
    read(32, "2");
    read(33);
    assertThat(judge(Outages.NONE)).isEmpty();
  }

  @Test
  void noticesSomebodyWhoIsOffline() {
    reported(0, "3");
    lookedUp(0.5, "3");
    read(2, "3");
    assertThat(judge(Queues.ALWAYS)).containsExactly(Kind.PRESENCE_GHOST);
  }

  @Test
  void noticesSomebodyWhomNobodyHasLookedUp() {
    reported(0, "2");
    read(1, "2");
    lookedUp(2, "2");
    assertThat(judge(Queues.ALWAYS)).containsExactly(Kind.PRESENCE_GHOST);
  }

  @ParameterizedTest
  @CsvSource({"33, false", "36, true"})
  void noticesSomebodyWhoStaysTooLong(double second, boolean ghost) {
    reported(0, "2");
    lookedUp(0.5, "2");
    read(second, "2");
    assertThat(judge(Outages.NONE)).isEqualTo(ghost ? List.of(Kind.PRESENCE_GHOST) : List.of());
    assertThat(judge(Queues.ALWAYS)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"8, false", "10, true", "28, true", "31, false"})
  void noticesSomebodyWhoIsNotHere(double second, boolean missing) {
    reported(0, "2");
    lookedUp(0.5, "2");
    read(second);
    assertThat(judge(Outages.NONE)).isEqualTo(missing ? List.of(Kind.PRESENCE_MISSING) : List.of());
    assertThat(judge(Queues.ALWAYS)).isEmpty();
  }

  @Test
  void noticesAReportThatWasAcceptedAndNeverLookedUp() {
    reported(0, "2", "3");
    lookedUp(0.5, "2", "3");
    reported(40, "3");
    assertThat(judge(Queues.ALWAYS)).containsExactly(Kind.PRESENCE_MISSING);
    lookedUp(100, "3");
    assertThat(judge(Queues.ALWAYS)).isEmpty();
  }

  @Test
  void aReportThatWasNotAcceptedNeedNotBeLookedUp() {
    history.add(new Report(Set.of("2"), at(0), at(1), false));
    assertThat(judge(Outages.NONE)).isEmpty();
  }

  @Test
  void noticesALookUpOfWhatNobodyReported() {
    lookedUp(1, "2");
    assertThat(judge(Outages.NONE)).containsExactly(Kind.INVENTED);
  }

  private void reported(double second, String... ids) {
    history.add(new Report(Set.of(ids), at(second), at(second + 0.1), true));
  }

  private void lookedUp(double second, String... ids) {
    for (String id : ids) {
      history.add(new LookUp(id, Integer.parseInt(id) % 2 == 0, at(second), at(second + 0.3)));
    }
  }

  private void read(double second, String... ids) {
    history.add(new Read(Set.of(ids), at(second), at(second + 0.1)));
  }

  private List<Kind> judge(Outages outages) {
    var violations = new Violations();
    PresenceJudge.judge(history, Duration.ofSeconds(1), outages, violations);
    return Queues.kinds(violations);
  }
}
