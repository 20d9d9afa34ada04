package meower.pusher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import meower.schema.Position;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RollingRestartIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int BROWSERS = 20;

  private TestNats nats;
  private MeowsStream stream;
  private Pusher one;
  private Pusher other;

  @BeforeEach
  void start() throws Exception {
    nats = TestServers.newNats();
    stream = MeowsStream.created(nats.url());
    one = started();
    other = started();
  }

  @AfterEach
  void stop() {
    one.close();
    other.close();
    stream.close();
    nats.stop();
  }

  @Test
  void everyBrowserResumesOnTheOtherInstanceWithoutGapOrRepeat() throws Exception {
    List<Visitor> visitors = new ArrayList<>();
    for (int i = 0; i < BROWSERS; i++) {
      visitors.add(new Visitor(one));
    }
    AtomicBoolean enough = new AtomicBoolean();
    CompletableFuture<Long> pouring =
        CompletableFuture.supplyAsync(() -> pour(enough), Thread::startVirtualThread);
    try {
      one.close();
      visitors.forEach(visitor -> visitor.moveTo(other));
      one = started();
      other.close();
      visitors.forEach(visitor -> visitor.moveTo(one));
    } finally {
      enough.set(true);
    }
    long last = pouring.get(20, TimeUnit.SECONDS);

    for (Visitor visitor : visitors) {
      await().atMost(SOON).until(() -> visitor.last().sequence() == last);
      assertThat(visitor.seen()).isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
      visitor.browser.close();
    }
  }

  @Test
  void waitsForTheGoodbyesOfTheBrowsers() throws Exception {
    try (RawBrowser browser = RawBrowser.connect(one.socket(""))) {
      assertThat(browser.read().text()).contains("position");
      CompletableFuture<Void> stopping =
          CompletableFuture.runAsync(one::close, Thread::startVirtualThread);
      RawBrowser.RawFrame goodbye = browser.read();
      assertThat(goodbye.closeCode()).isEqualTo(1001);
      browser.send(RawBrowser.PONG, new byte[0]);
      try (RawBrowser returning = RawBrowser.connect(one.socket(""))) {
        assertThat(returning.statusLine()).contains("503");
      }
      TimeUnit.MILLISECONDS.sleep(500); // as long as an answer may be on its way
      browser.send(RawBrowser.PONG, new byte[0]);
      browser.send(RawBrowser.CLOSE, new byte[] {3, (byte) 0xE9});
      assertThat(browser.isEndedInOrder()).isTrue();
      stopping.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void waitsNotForEverForABrowserThatSaysNothing() throws Exception {
    try (RawBrowser browser = RawBrowser.connect(one.socket(""))) {
      CompletableFuture<Void> stopping =
          CompletableFuture.runAsync(one::close, Thread::startVirtualThread);
      stopping.get(20, TimeUnit.SECONDS);
      assertThat(browser.read().text()).contains("position");
    }
  }

  /** What the page does: it comes back right after the last meow that it has. */
  private static final class Visitor {

    private final List<Long> before = new ArrayList<>();
    private Browser browser;

    Visitor(Pusher pusher) {
      browser = pusher.connect("");
    }

    void moveTo(Pusher pusher) {
      try {
        assertThat(browser.closeCode()).isEqualTo(1001);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
      Position last = last();
      before.addAll(browser.sequences());
      browser = pusher.connect("?after=" + last);
      assertThat(browser.hello().resumed()).isTrue();
    }

    Position last() {
      return browser.frames().getLast().position();
    }

    List<Long> seen() {
      List<Long> all = new ArrayList<>(before);
      all.addAll(browser.sequences());
      return all;
    }
  }

  private Pusher started() {
    Pusher pusher = Pusher.start(nats.url());
    pusher.awaitFeed();
    return pusher;
  }

  /** Some hundred meows per second. */
  private long pour(AtomicBoolean enough) {
    try {
      long last = 0;
      while (!enough.get()) {
        last = stream.publish(stream.meow("pouring"));
      }
      return last;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
