package meower.pusher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import meower.pusher.RawBrowser.RawFrame;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowBrowserIntegrationTests {

  private static final Duration STALL = Duration.ofSeconds(3);

  /** A browser that reads nothing until thousands of meows are there is slow, not stuck. */
  private static final Duration NO_STALL = Duration.ofMinutes(5);

  private static final String BODY = "a meow of about one hundred and forty characters ".repeat(3);

  private TestNats nats;
  private MeowsStream stream;
  private Pusher pusher;

  @BeforeEach
  void start() throws Exception {
    nats = TestServers.newNats();
    stream = MeowsStream.created(nats.url());
    pusher = start(STALL);
  }

  @AfterEach
  void stop() {
    pusher.close();
    stream.close();
    nats.stop();
  }

  @Test
  void aBrowserThatStopsReadingDelaysNobody() throws Exception {
    List<Browser> others = Stream.generate(() -> pusher.connect("")).limit(5).toList();
    try (RawBrowser _ = RawBrowser.connect(pusher.socket(""))) {
      for (int burst = 1; burst <= 10; burst++) {
        long started = System.nanoTime();
        long last = stream.publish(200, BODY);
        for (Browser other : others) {
          await().atMost(STALL.dividedBy(3)).until(() -> other.count() == 1 + last);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(STALL);
      }
    }
    for (Browser other : others) {
      assertThat(other.sequences()).isEqualTo(range(1, 2_000));
      other.close();
    }
  }

  @Test
  void tellsASlowBrowserWhatWasLeftOut() throws Exception {
    pusher.close();
    pusher = start(NO_STALL);
    try (RawBrowser slow = RawBrowser.connect(pusher.socket(""))) {
      assertThat(Received.of(slow.read().text()).sequence()).isZero();
      long last = stream.publish(6_000, BODY);
      pusher.awaitHead(last);

      long seen = 0;
      long leftOut = 0;
      while (seen < last) {
        Received frame = Received.of(slow.read().text());
        if (frame.isGap()) {
          assertThat(frame.position("from").sequence()).isEqualTo(seen);
          assertThat(frame.position("to").sequence()).isGreaterThan(seen);
          leftOut += frame.position("to").sequence() - seen;
          seen = frame.position("to").sequence();
        } else {
          assertThat(frame.sequence()).isEqualTo(seen + 1);
          seen = frame.sequence();
        }
      }

      assertThat(leftOut).isBetween(1_000L, 4_000L);
      assertThat(pusher.counted("meower.subscribers.gaps")).isPositive();
      assertThat(pusher.counted("meower.subscribers.stalled")).isZero();
    }
  }

  @Test
  void dropsABrowserThatTakesNothing() throws Exception {
    try (RawBrowser stuck = RawBrowser.connect(pusher.socket(""));
        Browser other = pusher.connect("")) {
      stream.publish(2_000, BODY);

      await().atMost(STALL.multipliedBy(2)).until(() -> pusher.subscribers() == 1);
      assertThat(pusher.counted("meower.subscribers.stalled")).isEqualTo(1);
      assertThat(other.isOpen()).isTrue();
      assertThatThrownBy(() -> readAll(stuck))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void keepsASlowBrowserThatTakesSomething() throws Exception {
    try (RawBrowser slow = RawBrowser.connect(pusher.socket(""))) {
      // Beside it: who reads nothing until all are published may be dropped by then.
      CompletableFuture<Long> publishing =
          CompletableFuture.supplyAsync(() -> publish(2_000), Thread::startVirtualThread);

      await()
          .pollInterval(STALL.dividedBy(10))
          .during(STALL.multipliedBy(2))
          .atMost(STALL.multipliedBy(3))
          .until(() -> readSome(slow) && pusher.subscribers() == 1);
      assertThat(publishing).isCompleted();
    }
  }

  private Pusher start(Duration stallTimeout) {
    Pusher started =
        Pusher.start(
            nats.url(),
            "meower.pusher.log-frames=2000",
            "meower.pusher.send-buffer=16KB",
            "meower.pusher.stall-timeout=" + stallTimeout.toSeconds() + "s");
    started.awaitFeed();
    return started;
  }

  private long publish(int count) {
    try {
      return stream.publish(count, BODY);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean readSome(RawBrowser browser) throws IOException {
    for (int i = 0; i < 20; i++) {
      assertThat(browser.read().opcode()).isEqualTo(RawBrowser.TEXT);
    }
    return true;
  }

  private static void readAll(RawBrowser browser) throws IOException {
    while (true) {
      RawFrame frame = browser.read();
      assertThat(frame.opcode()).isEqualTo(RawBrowser.TEXT);
    }
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }
}
