package meower.pusher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import meower.schema.MeowCreated;
import meower.schema.MeowEventJson;
import meower.schema.Position;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReplayIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int WINDOW = 200;

  /** As many meows of the past are read together: README, {@code meower.pusher.replay-reads}. */
  private static final int PAGE = 1_024;

  /**
   * For half of the meows while thousands are served, by a machine that also plays the thousands.
   */
  private static final Duration NOT_HELD_UP = Duration.ofSeconds(2);

  private TestNats nats;
  private MeowsStream stream;
  private Pusher pusher;
  private Position epoch;

  @BeforeEach
  void start() throws Exception {
    nats = TestServers.newNats();
    stream = MeowsStream.created(nats.url());
    pusher = start(WINDOW);
    try (Browser browser = pusher.connect("")) {
      epoch = browser.hello().position();
    }
  }

  @AfterEach
  void stop() {
    pusher.close();
    stream.close();
    nats.stop();
  }

  /** No more pours in than the log holds: whoever is live then cannot be told of a gap. */
  @Test
  void resumesAfterMoreThanTheLogHoldsWhileMeowsPourIn() throws Exception {
    int log = 3_000;
    pusher.close();
    pusher = start(log);
    long missed = stream.publish(2 * log, "missed");
    pusher.awaitHead(missed);
    try (Pour pour = new Pour(log);
        Browser browser = pusher.connect("?after=" + epoch.at(17))) {
      long last = pour.end();

      await().atMost(SOON).until(() -> browser.count() >= 1 + last - 17);
      assertThat(browser.hello().resumed()).isTrue();
      assertThat(browser.hello().sequence()).isEqualTo(17);
      assertThat(browser.sequences()).isEqualTo(range(18, last));
    }
  }

  @Test
  void handsOverExactlyWhereverABrowserComesFrom() throws Exception {
    long missed = stream.publish(3 * PAGE + 100, "missed");
    pusher.awaitHead(missed);
    List<Long> positions = new ArrayList<>(List.of(0L, 1L, missed, missed - 1, missed - WINDOW));
    for (long edge = PAGE; edge < missed; edge += PAGE) {
      positions.addAll(List.of(edge - 1, edge, edge + 1));
    }
    new Random(7).longs(40, 0, missed).forEach(positions::add);
    try (Pour pour = new Pour(Integer.MAX_VALUE)) {
      List<ReturningBrowser> browsers = positions.stream().map(p -> returning(p, missed)).toList();
      await().atMost(SOON).until(() -> all(browsers, b -> b.sequence() > missed));
      long last = pour.stop();

      await().atMost(SOON).until(() -> all(browsers, b -> b.sequence() >= last));
      assertThat(browsers.stream().map(ReturningBrowser::wrong).distinct()).containsExactly("");
      closeAll(browsers);
    }
  }

  @Test
  void readsTheStreamOnceForThousandsWhoComeBackTogether() throws Exception {
    long missed = stream.publish(4 * PAGE, "missed");
    pusher.awaitHead(missed);
    List<Duration> delays = new ArrayList<>();
    try (Browser live = pusher.connect("")) {
      List<ReturningBrowser> browsers =
          new Random(11).longs(2_000, 0, missed).mapToObj(p -> returning(p, missed)).toList();
      await()
          .atMost(SOON.multipliedBy(3))
          .pollInterval(Duration.ofMillis(100))
          .until(() -> {
            delays.add(delayOfAMeow(live));
            return all(browsers, b -> b.sequence() >= missed);
          });
      long last = stream.lastSequence();
      await().atMost(SOON).until(() -> all(browsers, b -> b.sequence() >= last));
      assertThat(browsers.stream().map(ReturningBrowser::wrong).distinct()).containsExactly("");
      closeAll(browsers);
    }
    assertThat(pusher.counted("meower.replay.begun")).isGreaterThan(1_500);
    assertThat(pusher.counted("meower.replay.reads")).isBetween(4.0, 20.0);
    Collections.sort(delays);
    assertThat(delays.get(delays.size() / 2)).as("half of %s", delays).isLessThan(NOT_HELD_UP);
  }

  /** A page is gone from memory before the same one is needed again. */
  @Test
  void nobodyWaitsBehindAllConnectionsOfAnotherClient() throws Exception {
    pusher.close();
    pusher = start(WINDOW, "meower.pusher.replay-bytes=1KB");
    int pages = 30;
    pusher.awaitHead(stream.publish(pages * PAGE + WINDOW, "missed"));
    List<RawBrowser> greedy = new ArrayList<>();
    try (RawBrowser other = returning(15L * PAGE, "X-Forwarded-For: 198.51.100.2")) {
      for (int i = 0; i < 2 * pages; i++) {
        RawBrowser one = returning((long) PAGE * (i % pages), "X-Forwarded-For: 198.51.100.1");
        greedy.add(one);
        Thread.startVirtualThread(() -> drain(one));
      }
      double before = pusher.counted("meower.replay.reads");
      int needed = 6;
      for (int i = 0; i < needed * PAGE; i++) {
        assertThat(other.read().opcode()).isEqualTo(RawBrowser.TEXT);
      }
      assertThat(pusher.counted("meower.replay.reads") - before).isLessThan(5 * needed);
    } finally {
      for (RawBrowser one : greedy) {
        one.close();
      }
    }
  }

  @Test
  void paysOutThePastToEachClientForItself() throws Exception {
    pusher.close();
    pusher = start(10 * PAGE, "meower.pusher.replay-rate=1KB");
    long missed = stream.publish(2 * PAGE, "missed");
    pusher.awaitHead(missed);
    try (RawBrowser greedy = returning(0, "X-Forwarded-For: 198.51.100.1");
        RawBrowser again = returning(0, "X-Forwarded-For: 198.51.100.1");
        RawBrowser other = returning(missed - 20, "X-Forwarded-For: 198.51.100.2")) {
      Thread.startVirtualThread(() -> drain(greedy));
      CompletableFuture<Long> had =
          CompletableFuture.supplyAsync(() -> drain(again), Thread::startVirtualThread);
      String frame = "";
      for (int i = 0; i < 21; i++) {
        frame = other.read().text();
      }
      assertThat(frame).contains(epoch.at(missed).toString());
      stream.publish(1, "live");
      assertThat(other.read().text()).contains("live");
      again.reset();
      assertThat(had.get(20, TimeUnit.SECONDS)).isLessThan(missed);
    }
  }

  @Test
  void resumesFromWhatCameBeforeThePusherWasStarted() throws Exception {
    Position before = epoch.at(10);
    long missed = stream.publish(2_000, "missed");
    pusher.close();
    pusher = start(WINDOW);

    try (Browser browser = pusher.connect("?after=" + before)) {
      long last = stream.publish(10, "live");

      await().atMost(SOON).until(() -> browser.count() == 1 + last - 10);
      assertThat(browser.sequences()).isEqualTo(range(11, missed + 10));
    }
  }

  @Test
  void saysSoWhenTheStreamNoLongerHoldsWhatWasMissed() throws Exception {
    long last = stream.publish(2_000, "missed");
    Position old = epoch.at(100);
    stream.purge();
    stream.publish(5, "after the purge");

    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          try (Browser browser = pusher.connect("?after=" + old)) {
            assertThat(browser.hello().resumed()).isFalse();
          }
        });
    try (Browser browser = pusher.connect("?after=" + old.at(last))) {
      await().atMost(SOON).until(() -> browser.count() == 6);
      assertThat(browser.hello().resumed()).isTrue();
    }
  }

  @Test
  void passesOverWhatWasErased() throws Exception {
    long last = stream.publish(3 * PAGE, "missed");
    pusher.awaitHead(last);
    List<Long> erased = new ArrayList<>(List.of(150L, (long) PAGE, last - WINDOW - 5));
    // A page, and more than is read before it to know repeats.
    erased.addAll(range(PAGE + 1, 2 * PAGE));
    stream.erase(erased.toArray(Long[]::new));
    Pusher restarted = start(WINDOW);

    for (Pusher any : List.of(pusher, restarted)) {
      for (long after : List.of(149L, PAGE - 1L, PAGE + 5L)) {
        try (Browser browser = any.connect("?after=" + epoch.at(after))) {
          await().atMost(SOON).until(() -> reached(browser, last));
          assertThat(browser.hello().resumed()).isTrue();
          assertThat(browser.frames()).noneMatch(Received::isGap);
          assertThat(browser.sequences())
              .as("after %s", after)
              .isEqualTo(
                  range(after + 1, last).stream()
                      .filter(s -> s > last - WINDOW || !erased.contains(s))
                      .toList());
        }
      }
    }
    restarted.close();
  }

  /** Nobody has looked at the stream since: only who reads the past notices. */
  @Test
  void skipsNothingThatIsGoneForAnotherReason() throws Exception {
    pusher.awaitHead(stream.publish(2_000, "missed"));
    stream.purge();

    try (Browser browser = pusher.connect("?after=" + epoch.at(100))) {
      if (browser.hello().resumed()) {
        assertThat(browser.closeCode()).isEqualTo(1001);
        assertThat(browser.meows()).isEmpty();
      }
    }
    try (Browser again = pusher.connect("?after=" + epoch.at(100))) {
      assertThat(again.hello().resumed()).isFalse();
    }
  }

  @Test
  void cannotResumeFromBeforeTheFirstMessageThatTheStreamHolds() throws Exception {
    long last = stream.publish(2_000, "missed");
    pusher.awaitHead(last);
    stream.erase(1L, 2L, 3L, 7L);

    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          try (Browser browser = pusher.connect("?after=" + epoch.at(2))) {
            assertThat(browser.hello().resumed()).isFalse();
          }
        });
    try (Browser browser = pusher.connect("?after=" + epoch.at(3))) {
      await().atMost(SOON).until(() -> reached(browser, last));
      assertThat(browser.hello().resumed()).isTrue();
      assertThat(browser.sequences())
          .isEqualTo(range(4, last).stream().filter(s -> s != 7).toList());
    }
  }

  @Test
  void comesToTheEndOfAStreamWhoseLastMessagesWereErased() throws Exception {
    long last = stream.publish(2_000, "missed");
    pusher.close();
    stream.erase(last - 1, last);
    pusher = start(WINDOW);
    pusher.awaitHead(last);

    try (Browser browser = pusher.connect("?after=" + epoch.at(100))) {
      await().atMost(SOON).until(() -> reached(browser, last - 2));
      long live = stream.publish(stream.meow("live"));
      await().atMost(SOON).until(() -> reached(browser, live));
      assertThat(browser.sequences())
          .isEqualTo(
              LongStream.concat(LongStream.rangeClosed(101, last - 2), LongStream.of(live))
                  .boxed()
                  .toList());
    }
  }

  @Test
  void sendsAMeowOnceThatIsInTheStreamTwice() throws Exception {
    stream.publish(PAGE - 5, "missed");
    MeowCreated meow = stream.meow("again");
    long first = stream.publish(meow);
    stream.publish(10, "between");
    long repeated = stream.publishRaw(MeowEventJson.encode(meow));
    stream.publishRaw("rubbish");
    pusher.close();
    pusher = start(WINDOW);
    long live = stream.publishRaw(MeowEventJson.encode(meow));
    long last = stream.publish(2 * WINDOW, "and on");
    pusher.awaitHead(last);

    for (long after : List.of(0L, first, first + 5, repeated)) {
      try (Browser browser = pusher.connect("?after=" + epoch.at(after))) {
        await().atMost(SOON).until(() -> reached(browser, last));
        assertThat(browser.sequences())
            .as("after %s", after)
            .doesNotContain(repeated, repeated + 1, live)
            .hasSize((int) (last - after - (after < repeated ? 3 : 2)));
      }
    }
  }

  @Test
  void goesOnReplayingWhenNatsWasAway() throws Exception {
    long last = stream.publish(3_000, "missed");
    pusher.awaitHead(last);
    Position old = epoch.at(100);
    nats.kill();
    try (Browser browser = pusher.connect("?after=" + old)) {
      assertThat(browser.hello().resumed()).isTrue();
      nats.start();

      await().atMost(SOON).until(() -> browser.count() == 1 + last - 100);
      assertThat(browser.sequences()).isEqualTo(range(101, last));
    }
  }

  @Test
  void keepsTheHeartbeatOfABrowserThatWaitsForThePast() throws Exception {
    pusher.close();
    pusher = start(WINDOW, "meower.pusher.ping-interval=300ms");
    pusher.awaitHead(stream.publish(3_000, "missed"));
    Position old = epoch.at(100);
    nats.pause();
    try (RawBrowser browser = RawBrowser.connect(pusher.socket("?after=" + old))) {
      assertThat(browser.read().opcode()).isEqualTo(RawBrowser.TEXT);
      for (int i = 0; i < 3; i++) {
        assertThat(browser.read().opcode()).isEqualTo(RawBrowser.PING);
        browser.send(RawBrowser.PONG, new byte[0]);
      }
    }
    nats.resume();
  }

  private Pusher start(int logFrames, String... more) {
    // All browsers of this machine are one client.
    List<String> settings = new ArrayList<>(List.of(more));
    if (settings.stream().noneMatch(setting -> setting.contains("replay-rate"))) {
      settings.add("meower.pusher.replay-rate=1GB");
    }
    settings.add("meower.pusher.log-frames=" + logFrames);
    Pusher started = Pusher.start(nats.url(), settings.toArray(String[]::new));
    started.awaitFeed();
    return started;
  }

  private ReturningBrowser returning(long after, long present) {
    return ReturningBrowser.connect(pusher.socket("?after=" + epoch.at(after)), after, present);
  }

  private RawBrowser returning(long after, String client) throws IOException {
    return RawBrowser.connect(pusher.socket("?after=" + epoch.at(after)), client);
  }

  /** Returns how many frames came until the connection was closed. */
  private static long drain(RawBrowser browser) {
    long frames = 0;
    try {
      while (browser.read().opcode() != RawBrowser.CLOSE) {
        frames++;
      }
    } catch (IOException e) {
      return frames;
    }
    return frames;
  }

  private static void closeAll(List<ReturningBrowser> browsers) throws IOException {
    for (ReturningBrowser browser : browsers) {
      browser.close();
    }
  }

  /** Tells whether all are so far; none of them gets there after something went wrong. */
  private static boolean all(List<ReturningBrowser> browsers, Predicate<ReturningBrowser> soFar) {
    return browsers.stream().allMatch(b -> soFar.test(b) || !b.wrong().isEmpty());
  }

  private Duration delayOfAMeow(Browser live) throws Exception {
    int before = live.count();
    long published = System.nanoTime();
    stream.publish(stream.meow("live"));
    await().pollInterval(Duration.ofMillis(1)).atMost(SOON).until(() -> live.count() > before);
    return Duration.ofNanos(System.nanoTime() - published);
  }

  /** Meows that pour in until it is enough, or until there are as many as there may be. */
  private final class Pour implements AutoCloseable {

    private final AtomicBoolean enough = new AtomicBoolean();
    private final int most;
    private final CompletableFuture<Long> last;

    Pour(int most) {
      this.most = most;
      this.last = CompletableFuture.supplyAsync(this::publish, Thread::startVirtualThread);
    }

    /** Returns the last sequence. */
    long stop() {
      enough.set(true);
      return end();
    }

    /** Returns the last sequence when all are there. */
    long end() {
      return last.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
      enough.set(true);
    }

    private long publish() {
      try {
        long sequence = 0;
        for (int poured = 0; poured < most && !enough.get(); poured += WINDOW) {
          sequence = stream.publish(WINDOW, "pouring");
        }
        return sequence;
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static boolean reached(Browser browser, long sequence) {
    List<Received> meows = browser.meows();
    return !meows.isEmpty() && meows.getLast().sequence() == sequence;
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }
}
