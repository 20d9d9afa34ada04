package meower.pusher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutageIntegrationTests {

  private static final Duration RECOVERY = Duration.ofSeconds(15);
  private static final Duration STOP = Duration.ofSeconds(5);

  private TestNats nats;

  @BeforeEach
  void startNats() {
    nats = TestServers.newNats();
  }

  @AfterEach
  void stopNats() {
    nats.stop();
  }

  @Test
  void goesOnAfterANatsRestartWithoutGapOrRepeat() throws Exception {
    try (MeowsStream stream = MeowsStream.created(nats.url());
        Pusher pusher = Pusher.start(nats.url())) {
      pusher.awaitFeed();
      List<Browser> browsers = Stream.generate(() -> pusher.connect("")).limit(3).toList();
      stream.publish(500, "before");

      nats.kill();
      try (Browser meanwhile = pusher.connect("")) {
        long start = meanwhile.hello().sequence();
        nats.start();
        await().atMost(RECOVERY).until(stream::isConnected);
        stream.publish(500, "after");

        await().atMost(RECOVERY).until(() -> meanwhile.count() == 1_001 - start);
        assertThat(meanwhile.sequences()).isEqualTo(range(start + 1, 1_000));
      }
      for (Browser browser : browsers) {
        await().atMost(RECOVERY).until(() -> browser.count() == 1_001);
        assertThat(browser.sequences()).isEqualTo(range(1, 1_000));
        assertThat(browser.isOpen()).isTrue();
      }
    }
  }

  @Test
  void goesOnAfterNatsWasFrozen() throws Exception {
    try (MeowsStream stream = MeowsStream.created(nats.url());
        Pusher pusher = Pusher.start(nats.url())) {
      pusher.awaitFeed();
      try (Browser browser = pusher.connect("")) {
        stream.publish(100, "before");
        nats.pause();
        await().atMost(RECOVERY).during(Duration.ofSeconds(4)).until(browser::isOpen);
        nats.resume();
        await().atMost(RECOVERY).until(stream::isConnected);
        stream.publish(100, "after");

        await().atMost(RECOVERY).until(() -> browser.count() == 201);
        assertThat(browser.sequences()).isEqualTo(range(1, 200));
      }
    }
  }

  @Test
  void waitsForAStreamThatDoesNotExistYet() throws Exception {
    nats.stop();
    try (Pusher pusher = Pusher.start(nats.url())) {
      assertThat(refusal(pusher)).as("NATS is away").isEqualTo(1013);
      nats.start();
      try (MeowsStream stream = new MeowsStream(nats.url())) {
        assertThat(refusal(pusher)).as("there is no stream").isEqualTo(1013);
        assertThat(pusher.status("/readyz")).isEqualTo(503);
        stream.create();
        pusher.awaitFeed();
        assertThat(pusher.status("/readyz")).isEqualTo(200);
        try (Browser browser = pusher.connect("")) {
          long last = stream.publish(10, "at last");

          await().atMost(RECOVERY).until(() -> browser.count() == 11);
          assertThat(browser.sequences()).isEqualTo(range(1, last));
        }
      }
    }
  }

  @Test
  void sendsBrowsersAwayWhenTheStreamBeganAnew() throws Exception {
    try (MeowsStream stream = MeowsStream.created(nats.url());
        Pusher pusher = Pusher.start(nats.url())) {
      pusher.awaitFeed();
      try (Browser browser = pusher.connect("")) {
        stream.publish(10, "of the old epoch");
        stream.delete();
        stream.create();
        stream.publish(3, "of the new epoch");

        assertThat(browser.closeCode()).isEqualTo(1001);
        try (Browser again = pusher.connect("?after=" + browser.hello().position().at(10))) {
          assertThat(again.hello().resumed()).isFalse();
          assertThat(again.hello().position().epoch())
              .isNotEqualTo(browser.hello().position().epoch());
        }
      }
    }
  }

  @Test
  void closesWithGoingAwayOnShutdown() throws Exception {
    try (MeowsStream stream = MeowsStream.created(nats.url())) {
      Pusher pusher = Pusher.start(nats.url(), "meower.pusher.shutdown-timeout=2s");
      pusher.awaitFeed();
      List<Browser> browsers = Stream.generate(() -> pusher.connect("")).limit(20).toList();
      try (RawBrowser _ = RawBrowser.connect(pusher.socket(""))) {
        stream.publish(5_000, "more than the stuck one's buffers hold ".repeat(10));
        long started = System.nanoTime();
        pusher.close();
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(STOP);
      }
      for (Browser browser : browsers) {
        assertThat(browser.closeCode()).isEqualTo(1001);
      }
    }
  }

  private static int refusal(Pusher pusher) throws Exception {
    try (Browser browser = Browser.connect(pusher.socket(""))) {
      return browser.closeCode();
    }
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }
}
