package meower.web.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HeartbeatTests {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final Heartbeat heartbeat =
      new Heartbeat(Duration.ofSeconds(25), Duration.ofSeconds(10), nanos::get);

  @Test
  void pingsAfterEachInterval() {
    pass(24);
    assertThat(heartbeat.isPingDue()).isFalse();
    assertThat(heartbeat.isDue()).isFalse();
    pass(1);
    assertThat(heartbeat.isPingDue()).isTrue();
    assertThat(heartbeat.isDue()).isTrue();
    heartbeat.pinging();
    heartbeat.ponged();
    assertThat(heartbeat.isPingDue()).isFalse();
    pass(25);
    assertThat(heartbeat.isPingDue()).isTrue();
  }

  @Test
  void findsAPeerSilentThatDoesNotAnswer() {
    pass(25);
    heartbeat.pinging();
    pass(9);
    assertThat(heartbeat.isSilent()).isFalse();
    assertThat(heartbeat.isDue()).isFalse();
    pass(1);
    assertThat(heartbeat.isSilent()).isTrue();
    assertThat(heartbeat.isDue()).isTrue();
  }

  @Test
  void findsAPeerThatAnswersNotSilent() {
    pass(25);
    heartbeat.pinging();
    heartbeat.ponged();
    pass(10);
    assertThat(heartbeat.isSilent()).isFalse();
  }

  @Test
  void givesASlowPeerThatTakesSomethingMoreTime() {
    pass(25);
    heartbeat.pinging();
    long started = heartbeat.now();
    pass(9);
    heartbeat.wrote(started);
    pass(9);
    assertThat(heartbeat.isSilent()).isFalse();
    pass(1);
    assertThat(heartbeat.isSilent()).isTrue();
  }

  @Test
  void takesAWriteIntoTheKernelForNoSignOfLife() {
    pass(25);
    heartbeat.pinging();
    pass(9);
    heartbeat.wrote(heartbeat.now());
    pass(1);
    assertThat(heartbeat.isSilent()).isTrue();
  }

  private void pass(int seconds) {
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }
}
