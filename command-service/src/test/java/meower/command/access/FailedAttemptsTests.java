package meower.command.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailedAttemptsTests {

  private final AtomicLong clock = new AtomicLong();
  private final FailedAttempts failed = new FailedAttempts(clock::get);

  @Test
  void tenAMinuteAndAddress() {
    for (int i = 0; i < 10; i++) {
      assertThat(failed.areTooMany("a")).isFalse();
      failed.add("a");
    }

    assertThat(failed.areTooMany("a")).isTrue();
    assertThat(failed.areTooMany("b")).isFalse();
  }

  @Test
  void forgetsAfterTheMinuteOfTheFirst() {
    failed.add("a");
    clock.addAndGet(FailedAttempts.WINDOW.toNanos() / 2);
    for (int i = 0; i < 10; i++) {
      failed.add("a");
    }
    assertThat(failed.areTooMany("a")).isTrue();

    clock.addAndGet(FailedAttempts.WINDOW.toNanos() / 2 + 1);

    assertThat(failed.areTooMany("a")).isFalse();
  }
}
