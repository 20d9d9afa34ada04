package meower.pusher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import meower.schema.MeowCreated;
import meower.schema.Position;
import meower.testservers.EventReader;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The feed of what a search finds, over WebSockets and as events. */
class SearchFeedIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int WINDOW = 200;

  private TestNats nats;
  private MeowsStream stream;
  private Pusher pusher;

  @BeforeEach
  void start() throws Exception {
    nats = TestServers.newNats();
    stream = MeowsStream.created(nats.url());
    pusher =
        Pusher.start(
            nats.url(), "meower.pusher.log-frames=" + WINDOW, "meower.pusher.max-searches=2");
    pusher.awaitFeed();
  }

  @AfterEach
  void stop() {
    pusher.close();
    stream.close();
    nats.stop();
  }

  @Test
  void sendsWhatASearchFindsWithItsMatches() throws Exception {
    try (Browser browser = pusher.connect("?query=cat+food+");
        EventReader events = events("?query=cat%20food%20")) {
      await().atMost(SOON).until(() -> events.data("hello").size() == 1);
      MeowCreated dogs = stream.meow("dog food");
      publish("cat");
      long found = stream.publish(stream.meow("Food for the cat"));
      long other = stream.publish(dogs);
      long edited = stream.publish(MeowsStream.edit(dogs, 2, "cat food, that is"), other);
      // Each by itself: what is deleted before it was sent is not sent at all.
      await().atMost(SOON).until(() -> browser.count() == 3);
      long deleted = stream.publish(MeowsStream.deletion(dogs, 3), other, edited);

      await().atMost(SOON).until(() -> browser.count() == 4);
      assertThat(browser.frames().stream().skip(1).map(Received::sequence))
          .containsExactly(found, edited, deleted);
      Received first = browser.frames().get(1);
      assertThat(first.kind()).isEqualTo(1);
      assertThat(first.json().get("matches").toString())
          .isEqualTo("[{\"start\":0,\"end\":4},{\"start\":13,\"end\":16}]");
      assertThat(browser.frames().get(2).isEdit()).isTrue();
      assertThat(browser.frames().get(2).json().get("matches")).hasSize(2);
      await().atMost(SOON).until(() -> events.data("deleted").size() == 1);
      assertThat(events.data("meow")).containsExactly(first.json().toString());
      assertThat(events.events().get(1).id()).isEqualTo(first.text("position"));
    }
  }

  @Test
  void resumesASearchWhateverTheAgeOfThePosition() throws Exception {
    Position old;
    try (Browser browser = pusher.connect("")) {
      old = browser.hello().position();
    }
    List<Long> wanted = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      long sequence = stream.publish(stream.meow(i % 7 == 0 ? "cats " + i : "other " + i));
      if (i % 7 == 0) {
        wanted.add(sequence);
      }
    }
    pusher.awaitHead(3_000);
    for (long after : List.of(0L, 1_000L, 3_000L - WINDOW / 2, 2_999L)) {
      try (Browser browser = pusher.connect("?query=cats+&after=" + old.at(after))) {
        long live = stream.publish(stream.meow("live cats"));
        wanted.add(live);
        await().atMost(SOON).until(() -> last(browser) == live);
        assertThat(browser.hello().resumed()).isTrue();
        assertThat(browser.sequences()).isEqualTo(wanted.stream().filter(s -> s > after).toList());
        assertThat(browser.frames().stream().skip(1))
            .allMatch(frame -> frame.json().get("matches").size() == 1);
      }
    }
  }

  @Test
  void leavesOutAndRepeatsNothingWhileMeowsPourIn() throws Exception {
    try (Browser cats = pusher.connect("?query=cats+");
        Browser pets = pusher.connect("?query=%22cats+and+dogs%22")) {
      for (int i = 0; i < 2_400; i++) {
        String text = i % 3 == 0 ? "cats and dogs" : i % 3 == 1 ? "dogs" : "no";
        if (i % (WINDOW / 2) == 0) {
          long published = stream.publish(stream.meow(text + " " + i));
          await().atMost(SOON).until(() -> last(cats) >= published - 2);
          await().atMost(SOON).until(() -> last(pets) >= published - 2);
        } else {
          stream.publishLater(stream.meow(text + " " + i));
        }
      }
      long end = stream.publish(stream.meow("cats and dogs"));

      for (Browser browser : List.of(cats, pets)) {
        await().atMost(SOON).until(() -> last(browser) == end);
        assertThat(browser.frames()).noneMatch(Received::isGap);
        List<Long> expected = new ArrayList<>();
        for (long sequence = 1; sequence <= 2_400; sequence += 3) {
          expected.add(sequence);
        }
        expected.add(end);
        assertThat(browser.sequences()).isEqualTo(expected);
      }
    }
  }

  @Test
  void sendsAwayWhoComesWithOneSearchTooManyAndTakesTheSameOneTwice() throws Exception {
    try (Browser one = pusher.connect("?query=one");
        Browser two = pusher.connect("?query=two");
        Browser three = Browser.connect(pusher.socket("?query=three"));
        EventReader events = events("?query=four");
        Browser again = pusher.connect("?query=one")) {
      assertThat(three.closeCode()).isEqualTo(1013);
      assertThat(three.closeReason()).contains("too many standing searches");
      assertThat(three.frames()).isEmpty();
      await().atMost(SOON).until(events::hasEnded);
      assertThat(events.data("busy")).hasSize(1);
      publish("one two");
      for (Browser browser : List.of(one, two, again)) {
        await().atMost(SOON).until(() -> last(browser) == 1);
      }
    }
    await()
        .atMost(SOON)
        .until(() -> {
          try (Browser other = Browser.connect(pusher.socket("?query=other"))) {
            await().atMost(SOON).until(() -> other.count() > 0 || !other.isOpen());
            return other.count() > 0;
          }
        });
  }

  @Test
  void refusesASearchThatIsNoneWithAProblem() throws Exception {
    for (String query : List.of("?query=", "?query=a&topic=%23b", "?query=" + "a".repeat(201))) {
      try (RawBrowser browser = RawBrowser.connect(pusher.socket(query))) {
        assertThat(browser.statusLine()).startsWith("HTTP/1.1 400");
        assertThat(browser.responseHead()).contains("Content-Type: application/problem+json");
      }
      try (EventReader events = events(query)) {
        assertThat(events.response().statusCode()).isEqualTo(400);
      }
    }
  }

  @Test
  void endsASearchThatIsToldOfTopics() throws Exception {
    try (Browser browser = pusher.connect("?query=cats")) {
      browser.hello();
      browser.socket().send("sub #dogs");

      assertThat(browser.closeCode()).isEqualTo(1008);
      assertThat(browser.closeReason()).contains("follows a search");
    }
  }

  private EventReader events(String query) throws Exception {
    return new EventReader(pusher.http("/events" + query), null);
  }

  private void publish(String body) throws Exception {
    stream.publish(stream.meow(body));
  }

  private static long last(Browser browser) {
    List<Long> sequences = browser.sequences();
    return sequences.isEmpty() ? 0 : sequences.getLast();
  }
}
