package meower.pusher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import meower.pusher.RawBrowser.RawFrame;
import meower.schema.MeowCreated;
import meower.schema.MeowEventJson;
import meower.schema.Position;
import meower.schema.signing.EventSignatures;
import meower.signing.KeyFile;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveFeedIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(5);
  private static final int BROWSERS = 20;
  private static final int BURST = 500;

  /** More than any test publishes: nobody who reads slowly can be told of a gap. */
  private static final int LOG = 2 * BROWSERS * BURST;

  private static TestNats nats;
  private static MeowsStream stream;
  private static Pusher pusher;

  @BeforeAll
  static void start() throws Exception {
    nats = TestServers.newNats();
    stream = MeowsStream.created(nats.url());
    pusher =
        Pusher.start(nats.url(), "meower.pusher.log-frames=" + LOG, "meower.pusher.catch-up=2s");
    pusher.awaitFeed();
  }

  @AfterAll
  static void stop() {
    pusher.close();
    stream.close();
    nats.stop();
  }

  @Test
  void sendsEachMeowToEveryBrowserInStreamOrder() throws Exception {
    List<Browser> browsers = connect(50);
    long before = browsers.getFirst().hello().sequence();

    stream.publish(500, "meow");

    for (Browser browser : browsers) {
      await().atMost(SOON).until(() -> browser.count() == 501);
      assertThat(browser.sequences()).isEqualTo(range(before + 1, before + 500));
      assertThat(browser.meows()).first().extracting(f -> f.text("body")).isEqualTo("meow 0");
      assertThat(browser.meows()).last().extracting(f -> f.text("body")).isEqualTo("meow 499");
      browser.close();
    }
  }

  @Test
  void sendsTheMeowAsTheContractSays() throws Exception {
    MeowCreated meow = stream.meow("Hello 🐈 \"cats\" & <dogs>\nsecond line");
    try (Browser browser = connect("")) {
      long sequence = stream.publish(meow);

      await().atMost(SOON).until(() -> browser.count() == 2);
      assertThat(browser.frames().getLast().json().toString())
          .isEqualTo(
              """
              {"kind":1,"id":"%s","body":"Hello 🐈 \\"cats\\" & <dogs>\\nsecond line",\
              "created_at":"%s","position":"%s"}\
              """
                  .formatted(
                      meow.id().value(),
                      meow.createdAt(),
                      browser.hello().position().at(sequence)));
    }
  }

  @Test
  void startsRightAfterTheHelloPosition() throws Exception {
    List<Browser> browsers = new ArrayList<>();
    long lastSequence = 0;
    for (int i = 0; i < BROWSERS; i++) {
      CompletableFuture<Long> pouring =
          CompletableFuture.supplyAsync(() -> publish(BURST), Thread::startVirtualThread);
      Browser browser = connect("");
      browsers.add(browser);
      pouring.get(20, TimeUnit.SECONDS);
      lastSequence = stream.publish(1, "after the hello");
      await().pollInterval(POLL).atMost(SOON).until(() -> browser.count() > 1);
    }

    for (Browser browser : browsers) {
      long start = browser.hello().sequence();
      long last = lastSequence;
      await().atMost(SOON).until(() -> browser.count() == 1 + last - start);
      assertThat(browser.sequences()).isEqualTo(range(start + 1, last));
      browser.close();
    }
    assertThat(browsers.stream().map(b -> b.hello().sequence())).doesNotHaveDuplicates();
  }

  @Test
  void resumesRightAfterAPositionThatIsStillHeld() throws Exception {
    long last = stream.publish(100, "missed");
    Position position = pusher.awaitHead(last).at(last - 50);

    try (Browser browser = connect("?after=" + position)) {
      stream.publish(10, "live");

      await().atMost(SOON).until(() -> browser.count() == 61);
      assertThat(browser.hello().resumed()).isTrue();
      assertThat(browser.hello().position()).isEqualTo(position);
      assertThat(browser.sequences()).isEqualTo(range(last - 49, last + 10));
    }
  }

  @Test
  void waitsForAMomentUntilItHasCaughtUpWithTheBrowser() throws Exception {
    try (Browser live = connect("")) {
      Position ahead = live.hello().position().at(live.hello().sequence() + 5);

      CompletableFuture<Browser> joining =
          CompletableFuture.supplyAsync(
              () -> Browser.connect(pusher.socket("?after=" + ahead)), Thread::startVirtualThread);
      long last = stream.publish(10, "caught up");

      try (Browser browser = joining.get(10, TimeUnit.SECONDS)) {
        await().atMost(SOON).until(() -> browser.count() == 6);
        assertThat(browser.hello().resumed()).isTrue();
        assertThat(browser.sequences()).isEqualTo(range(last - 4, last));
      }
    }
  }

  @Test
  void saysWhenItCannotResume() throws Exception {
    long last = stream.publish(10, "meow");
    Position head = pusher.awaitHead(last);
    List<String> positions =
        List.of(
            head.at(head.sequence() + 1_000).toString(),
            new Position("another", 1).toString(),
            "rubbish",
            "none",
            "");
    for (String position : positions) {
      try (Browser browser = connect("?after=" + position)) {
        assertThat(browser.hello().resumed()).as(position).isFalse();
        assertThat(browser.hello().position()).as(position).isEqualTo(head);
      }
    }
  }

  @Test
  void goesOnPastAMessageThatIsNoEvent() throws Exception {
    double before = pusher.counted("meower.events.skipped");
    try (Browser browser = connect("")) {
      long skipped = stream.publishRaw("{\"id\": 7}");
      stream.publish(1, "after the poison");

      await().atMost(SOON).until(() -> browser.count() == 2);
      assertThat(browser.sequences()).containsExactly(skipped + 1);
      assertThat(pusher.counted("meower.events.skipped")).isEqualTo(before + 1);
    }
  }

  @Test
  void movesItsPositionPastAMessageThatIsNoEvent() throws Exception {
    long skipped = stream.publishRaw("rubbish");

    pusher.awaitHead(skipped);
  }

  @Test
  void sendsAMeowOnceThatIsInTheStreamTwice() throws Exception {
    MeowCreated meow = stream.meow("again");
    try (Browser browser = connect("")) {
      long first = stream.publish(meow);
      stream.publishRaw(MeowEventJson.encode(meow));
      long last = stream.publish(stream.meow("something else"));

      await().atMost(SOON).until(() -> browser.count() == 3);
      assertThat(browser.sequences()).containsExactly(first, last);
    }
  }

  @Test
  void answersAPingWithoutWaitingForAMeow() throws Exception {
    try (RawBrowser pinging = RawBrowser.connect(pusher.socket(""))) {
      assertThat(pinging.read().opcode()).isEqualTo(RawBrowser.TEXT);
      pinging.send(RawBrowser.PING, new byte[] {'h', 'i'});
      assertThat(pinging.read()).isEqualTo(new RawFrame(RawBrowser.PONG, "hi", 0));
    }
  }

  @Test
  void showsNothingForgedAndSaysSoUntilItIsErased(@TempDir Path folder) throws Exception {
    Path keyFile = folder.resolve("events");
    EventSignatures signatures = new EventSignatures(KeyFile.read(keyFile));
    TestNats ofItsOwn = TestServers.newNats();
    try (MeowsStream signed = MeowsStream.created(ofItsOwn.url());
        Pusher reading = Pusher.start(ofItsOwn.url(), "meower.events.key-file=" + keyFile)) {
      String epoch = signed.markSigned(signatures);
      reading.awaitFeed();
      try (Browser live = reading.connect("")) {
        signed.publish(signed.meow("forged"));
        signed.publish(signed.meow("meow"), signatures, new Position(epoch, 2));

        await().atMost(SOON).until(() -> live.count() == 2);
        assertThat(live.meows()).extracting(f -> f.text("body")).containsExactly("meow");
      }
      try (Browser back = reading.connect("?after=" + epoch + "-0")) {
        await().atMost(SOON).until(() -> back.count() == 2);
        assertThat(back.meows()).extracting(f -> f.text("body")).containsExactly("meow");
      }
      assertThat(get(reading, "/actuator/health")).contains("\"first\":\"" + epoch + "-1\"");
      assertThat(get(reading, "/actuator/health/readiness")).contains("\"UP\"");
      assertThat(get(reading, "/actuator/prometheus")).contains("meower_events_forged_total 1.0");

      signed.erase(1L);

      assertThat(get(reading, "/actuator/health")).doesNotContain("forged");
    } finally {
      ofItsOwn.stop();
    }
  }

  private static String get(Pusher asked, String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(asked.management(path)).build();
      return http.send(request, BodyHandlers.ofString()).body();
    }
  }

  private static Browser connect(String query) {
    return pusher.connect(query);
  }

  private static List<Browser> connect(int count) {
    return Stream.generate(() -> connect("")).limit(count).toList();
  }

  private static long publish(int count) {
    try {
      return stream.publish(count, "pouring");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }
}
