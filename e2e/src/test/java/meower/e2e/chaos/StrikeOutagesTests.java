package meower.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import meower.e2e.chaos.fault.Fault;
import meower.e2e.chaos.fault.FaultKind;
import meower.e2e.chaos.fault.Strike;
import meower.standalone.stack.Instance;
import meower.standalone.stack.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrikeOutagesTests {

  private static final long READY = at(5);

  @ParameterizedTest
  @CsvSource({
    "4, true, true", // while it starts
    "5, false, false",
    "9, false, false",
    "11, true, true",
    "14, true, true", // a second after its recovery
    "16, false, true",
    "27, false, true", // fifteen seconds after its end
    "28, false, false",
  })
  void aFaultIsOverWhenAllWorksAndSettledAtTheLatestRecovery(
      int second, boolean broken, boolean unsettled) {
    assertState(strike(10, 12, 14, 14), second, broken, unsettled);
  }

  @ParameterizedTest
  @CsvSource({"16, false, true", "40, false, true", "41, false, true", "42, false, false"})
  void nothingIsSettledWhileSomethingStillStarts(int second, boolean broken, boolean unsettled) {
    assertState(strike(10, 12, 14, 40), second, broken, unsettled);
  }

  @Test
  void whatLastsAcrossAFaultIsTouchedByIt() {
    var outages =
        new StrikeOutages(READY, Bounds.PROMISED.recovery(), List.of(strike(10, 12, 14, 14)));
    assertThat(outages.isBroken(at(6), at(50))).isTrue();
    assertThat(outages.isBroken(at(6), at(9))).isFalse();
  }

  private static void assertState(Strike strike, int second, boolean broken, boolean unsettled) {
    var outages = new StrikeOutages(READY, Bounds.PROMISED.recovery(), List.of(strike));
    assertThat(outages.isBroken(at(second), at(second))).isEqualTo(broken);
    assertThat(outages.isUnsettled(at(second), at(second))).isEqualTo(unsettled);
  }

  private static Strike strike(int began, int ended, int recovered, int whole) {
    var fault = new Fault(FaultKind.KILL, new Instance(Part.COMMAND, 1));
    return new Strike(
        fault, true, at(began), at(ended), at(recovered), at(whole), Optional.empty());
  }

  private static long at(int second) {
    return Duration.ofSeconds(second).toNanos();
  }
}
