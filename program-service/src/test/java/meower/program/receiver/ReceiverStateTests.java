package meower.program.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReceiverStateTests {

  private static final ReceiverState.ProbePlan PROBES =
      new ReceiverState.ProbePlan(Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofDays(3));

  private final Random random = new Random(1);
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private ReceiverState state = in(Phase.OK);

  private ReceiverState in(Phase phase) {
    return new ReceiverState(phase, now, phase != Phase.UNVERIFIED, null, 0, 0, 1, now, null, null);
  }

  @Test
  void getsOneMoreAtOnceWithEachSuccess() {
    for (int i = 0; i < 3; i++) {
      accept();
    }
    assertThat(state.inFlight()).isEqualTo(4);
    for (int i = 0; i < 20; i++) {
      accept();
    }
    assertThat(state.inFlight()).isEqualTo(10);
    assertThat(state.isDue(now)).isTrue();
  }

  @Test
  void isTriedOneAtATimeAfterOneSecondDoublingTo5Minutes() {
    accept();
    long[] usual = {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300};
    for (long seconds : usual) {
      down(Optional.empty());
      assertThat(state.phase()).isEqualTo(Phase.FAILING);
      assertThat(state.inFlight()).isOne();
      assertThat(state.isDue(now)).isFalse();
      Duration wait = Duration.between(now, state.nextTryAt());
      assertThat(wait)
          .isBetween(Duration.ofMillis(seconds * 800), Duration.ofMillis(seconds * 1200));
      now = state.nextTryAt();
      assertThat(state.isDue(now)).isTrue();
    }
  }

  @Test
  void theFirstSuccessReopens() {
    down(Optional.empty());
    down(Optional.empty());
    now = state.nextTryAt();
    accept();
    assertThat(state.phase()).isEqualTo(Phase.OK);
    assertThat(state.since()).isEqualTo(now);
    assertThat(state.failingSince()).isNull();
    assertThat(state.inFlight()).isEqualTo(2);
    assertThat(state.isDue(now)).isTrue();
    down(Optional.empty());
    assertThat(Duration.between(now, state.nextTryAt())).isLessThan(Duration.ofMillis(1201));
  }

  @Test
  void fiveRefusalsInARowAreLikeBeingDown() {
    for (int i = 0; i < 4; i++) {
      refuse();
      assertThat(state.phase()).isEqualTo(Phase.OK);
      assertThat(state.isDue(now)).isTrue();
    }
    accept();
    for (int i = 0; i < 4; i++) {
      refuse();
    }
    assertThat(state.phase()).isEqualTo(Phase.OK);
    refuse();
    assertThat(state.phase()).isEqualTo(Phase.FAILING);
    assertThat(state.lastStatus()).isEqualTo(500);
    assertThat(state.isDue(now)).isFalse();
  }

  @Test
  void obeysRetryAfterUpToAnHour() {
    down(Optional.of(Duration.ofMinutes(10)));
    assertThat(state.nextTryAt()).isEqualTo(now.plus(Duration.ofMinutes(10)));
    down(Optional.of(Duration.ofDays(10)));
    assertThat(state.nextTryAt()).isEqualTo(now.plus(Duration.ofHours(1)));
    down(Optional.of(Duration.ofSeconds(-5)));
    assertThat(state.nextTryAt()).isBetween(now.plusMillis(3200), now.plusMillis(4800));
  }

  @Test
  void isPausedAfterThreeDays() {
    Instant begin = now;
    while (state.phase() != Phase.PAUSED) {
      assertThat(now).isBefore(begin.plus(Duration.ofDays(4)));
      down(Optional.empty());
      if (state.phase() != Phase.PAUSED) {
        now = state.nextTryAt();
      }
    }
    assertThat(now).isAfterOrEqualTo(begin.plus(Duration.ofDays(3)));
    assertThat(now).isBefore(begin.plus(Duration.ofDays(3)).plus(Duration.ofMinutes(7)));
    assertThat(state.failingSince()).isEqualTo(begin);
    assertThat(state.isDue(now.plus(Duration.ofDays(1000)))).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"UNVERIFIED", "OK", "FAILING"})
  void isPausedWhenItWantsNothingAnyMore(Phase phase) {
    state = in(phase).gone(now);
    assertThat(state.phase()).isEqualTo(Phase.PAUSED);
    assertThat(state.lastStatus()).isEqualTo(410);
  }

  @Test
  void staysUnverifiedHoweverItRefuses() {
    state = in(Phase.UNVERIFIED);
    refuse();
    assertThat(state.phase()).isEqualTo(Phase.UNVERIFIED);
    assertThat(state.isDue(now)).isFalse();
    down(Optional.empty());
    assertThat(state.phase()).isEqualTo(Phase.UNVERIFIED);
    assertThat(state.isVerified()).isFalse();
    accept();
    assertThat(state.phase()).isEqualTo(Phase.OK);
    assertThat(state.gone(now).isVerified()).isTrue();
  }

  private void accept() {
    state = state.accepted(200, 10, now);
  }

  private void refuse() {
    state = state.refused(500, "answered 500", PROBES, now, random);
  }

  private void down(Optional<Duration> retryAfter) {
    state = state.down(null, "no connection", retryAfter, PROBES, now, random);
  }
}
