package meower.pusher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import meower.schema.Position;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int WINDOW = 200;

  /** The most in 10 s, says docs/asyncapi.yaml. */
  private static final int COMMANDS = 200;

  private TestNats nats;
  private MeowsStream stream;
  private Pusher pusher;

  @BeforeEach
  void start() throws Exception {
    nats = TestServers.newNats();
    stream = MeowsStream.created(nats.url());
    pusher =
        Pusher.start(
            nats.url(), "meower.pusher.log-frames=" + WINDOW, "meower.pusher.max-topics=3");
    pusher.awaitFeed();
  }

  @AfterEach
  void stop() {
    pusher.close();
    stream.close();
    nats.stop();
  }

  @Test
  void sendsASubscriberTheMeowsOfItsTopicsOnly() throws Exception {
    try (Browser all = pusher.connect("");
        Browser cats = pusher.connect("");
        Browser pets = pusher.connect("?topic=%23cats&topic=%23Dogs")) {
      subscribe(cats, "sub #Cats");
      List<Long> expected =
          publish("a #cats", "nothing", "#dogs!", "#CATS and #dogs", "#catsanddogs", "x#cats");

      await().atMost(SOON).until(() -> last(all) == expected.getLast());
      await().atMost(SOON).until(() -> last(cats) == expected.get(3));
      await().atMost(SOON).until(() -> last(pets) == expected.get(3));
      assertThat(sequencesFrom(cats, expected.getFirst()))
          .containsExactly(expected.get(0), expected.get(3));
      assertThat(sequencesFrom(pets, expected.getFirst()))
          .containsExactly(expected.get(0), expected.get(2), expected.get(3));
    }
  }

  @Test
  void sendsEverythingAgainAfterTheLastTopicWasGivenUp() throws Exception {
    try (Browser browser = pusher.connect("?topic=%23cats")) {
      List<Long> before = publish("left out", "#cats");
      await().atMost(SOON).until(() -> last(browser) == before.get(1));
      browser.socket().send("unsub #cats");
      List<Long> markers = new ArrayList<>();
      await()
          .atMost(SOON)
          .until(() -> {
            boolean everything = browser.sequences().stream().anyMatch(markers::contains);
            markers.addAll(publish("is it there?"));
            return everything;
          });
      List<Long> after = publish("one", "#cats", "three");

      await().atMost(SOON).until(() -> last(browser) == after.get(2));
      assertThat(sequencesFrom(browser, after.getFirst())).isEqualTo(after);
      assertThat(browser.isOpen()).isTrue();
    }
  }

  @Test
  void resumesWithTopicsWhateverTheAgeOfThePosition() throws Exception {
    Position old;
    try (Browser browser = pusher.connect("")) {
      old = browser.hello().position();
    }
    List<Long> wanted = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      long sequence = stream.publish(stream.meow(i % 7 == 0 ? "#cats " + i : "other " + i));
      if (i % 7 == 0) {
        wanted.add(sequence);
      }
    }
    pusher.awaitHead(3_000);
    for (long after : List.of(0L, 1_000L, 3_000L - WINDOW / 2, 2_999L)) {
      try (Browser browser = pusher.connect("?topic=%23cats&after=" + old.at(after))) {
        long live = stream.publish(stream.meow("live #cats"));
        wanted.add(live);
        await().atMost(SOON).until(() -> last(browser) == live);
        assertThat(browser.hello().resumed()).isTrue();
        assertThat(browser.sequences()).isEqualTo(wanted.stream().filter(s -> s > after).toList());
      }
    }
  }

  @Test
  void leavesOutAndRepeatsNothingWhileMeowsPourIn() throws Exception {
    try (Browser one = pusher.connect("?topic=%23t1");
        Browser two = pusher.connect("?topic=%23t1&topic=%23t2");
        Browser changing = pusher.connect("?topic=%23t0")) {
      Map<String, String> texts =
          Map.of("0", "#t0", "1", "#t1", "2", "#t2 and #t1", "3", "#t3", "4", "none");
      for (int i = 0; i < 5_000; i++) {
        if (i % 500 == 0) {
          changing.socket().send((i % 1_000 == 0 ? "sub" : "unsub") + " #t3");
        }
        String text = texts.get(Integer.toString(i % 5));
        if (i % (WINDOW / 2) == 0) {
          long published = stream.publish(stream.meow(text + " " + i));
          long ofTheOthers = published - 3;
          // Who falls out of a log may be told of a gap.
          await()
              .pollInterval(Duration.ofMillis(5))
              .atMost(SOON)
              .until(() ->
                  last(changing) >= published
                      && last(one) >= ofTheOthers
                      && last(two) >= ofTheOthers);
        } else {
          stream.publishLater(stream.meow(text + " " + i));
        }
      }
      long end = stream.publish(stream.meow("#t0 #t1 the end"));

      for (Browser browser : List.of(one, two, changing)) {
        await().atMost(SOON).until(() -> last(browser) == end);
      }
      assertThat(one.sequences()).isEqualTo(expected(5_000, end, 1, 2));
      assertThat(two.sequences()).isEqualTo(expected(5_000, end, 1, 2));
      assertThat(changing.frames()).noneMatch(Received::isGap);
      List<Long> got = changing.sequences();
      assertThat(got).isSorted().doesNotHaveDuplicates().containsAll(expected(5_000, end, 0));
      assertThat(expected(5_000, end, 0, 3)).containsAll(got);
    }
  }

  @Test
  void closesWhoWantsTooManyTopicsOrFloods() throws Exception {
    try (Browser greedy = pusher.connect("");
        Browser flooding = pusher.connect("")) {
      for (int i = 0; i < 4; i++) {
        greedy.socket().send("sub #topic" + i);
      }
      for (int i = 0; i <= COMMANDS; i++) {
        flooding.socket().send((i % 2 == 0 ? "sub" : "unsub") + " #a");
      }

      assertThat(greedy.closeCode()).isEqualTo(1008);
      assertThat(greedy.closeReason()).contains("too many topics");
      assertThat(flooding.closeCode()).isEqualTo(1008);
      assertThat(flooding.closeReason()).contains("too many commands");
    }
  }

  @Test
  void refusesATopicThatIsNoneWithAProblem() throws Exception {
    try (RawBrowser browser = RawBrowser.connect(pusher.socket("?topic=cats"))) {
      assertThat(browser.statusLine()).startsWith("HTTP/1.1 400");
      assertThat(browser.responseHead()).contains("Content-Type: application/problem+json");
    }
  }

  /** Which sequences have one of these remainders, and the end. */
  private static List<Long> expected(int count, long end, int... remainders) {
    List<Integer> wanted = Arrays.stream(remainders).boxed().toList();
    return LongStream.concat(
            LongStream.range(0, count).filter(i -> wanted.contains((int) (i % 5))).map(i -> i + 1),
            LongStream.of(end))
        .boxed()
        .toList();
  }

  /** Subscribes, and waits until it holds. */
  private void subscribe(Browser browser, String command) throws Exception {
    browser.socket().send(command);
    await()
        .atMost(SOON)
        .until(() -> {
          long other = publish("of no topic").getFirst();
          long marker = publish("#cats marker").getFirst();
          await().atMost(SOON).until(() -> last(browser) == marker);
          return !browser.sequences().contains(other);
        });
  }

  private List<Long> publish(String... bodies) throws Exception {
    List<Long> sequences = new ArrayList<>();
    for (String body : bodies) {
      sequences.add(stream.publish(stream.meow(body)));
    }
    return sequences;
  }

  private static long last(Browser browser) {
    List<Long> sequences = browser.sequences();
    return sequences.isEmpty() ? 0 : sequences.getLast();
  }

  private static List<Long> sequencesFrom(Browser browser, long first) {
    return browser.sequences().stream().filter(sequence -> sequence >= first).toList();
  }
}
