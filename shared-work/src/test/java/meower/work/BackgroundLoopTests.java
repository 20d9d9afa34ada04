package meower.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BackgroundLoopTests {

  private static final Backoff QUICK = new Backoff(Duration.ofMillis(1), Duration.ofMillis(2));

  @Test
  void goesOnAfterFailures() {
    AtomicInteger rounds = new AtomicInteger();
    BackgroundLoop loop =
        new BackgroundLoop(
            "test",
            QUICK,
            () -> {
              if (rounds.incrementAndGet() < 5) {
                throw new IllegalStateException("not yet");
              }
              new CountDownLatch(1).await();
            });

    loop.start();

    await().atMost(Duration.ofSeconds(5)).until(() -> rounds.get() == 5);
    assertThat(loop.stop(Duration.ofSeconds(5))).isTrue();
  }

  @Test
  void stopsAStepThatWaits() throws InterruptedException {
    CountDownLatch waiting = new CountDownLatch(1);
    BackgroundLoop loop =
        new BackgroundLoop(
            "test",
            QUICK,
            () -> {
              waiting.countDown();
              new CountDownLatch(1).await();
            });
    loop.start();
    assertThat(waiting.await(5, TimeUnit.SECONDS)).isTrue();

    assertThat(loop.stop(Duration.ofSeconds(5))).isTrue();
    assertThat(loop.isRunning()).isFalse();
  }

  @Test
  void doesNotEndOnAnInterruptThatIsNoStop() {
    AtomicInteger rounds = new AtomicInteger();
    BackgroundLoop loop =
        new BackgroundLoop(
            "test",
            QUICK,
            () -> {
              if (rounds.incrementAndGet() < 3) {
                throw new InterruptedException();
              }
              new CountDownLatch(1).await();
            });

    loop.start();

    await().atMost(Duration.ofSeconds(5)).until(() -> rounds.get() == 3);
    assertThat(loop.stop(Duration.ofSeconds(5))).isTrue();
  }
}
