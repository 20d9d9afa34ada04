package meower.pusher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import meower.testservers.AcceptCases;
import meower.testservers.EventReader;
import meower.testservers.EventReader.Event;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The live feed as Server-Sent Events. */
class EventStreamIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);

  private TestNats nats;
  private MeowsStream stream;
  private Pusher pusher;

  @BeforeEach
  void start() throws Exception {
    nats = TestServers.newNats();
    stream = MeowsStream.created(nats.url());
    pusher =
        Pusher.start(nats.url(), "meower.pusher.log-frames=200", "meower.pusher.max-connections=4");
    pusher.awaitFeed();
  }

  @AfterEach
  void stop() {
    pusher.close();
    stream.close();
    nats.stop();
  }

  @Test
  void saysHelloAndThenEachMeowWithItsPosition() throws Exception {
    try (EventReader reader = connect("/events", null)) {
      await().atMost(SOON).until(() -> reader.events().size() == 1);
      long sequence = stream.publish(1, "line\nand \"position\":\"x-1\" ");

      await().atMost(SOON).until(() -> reader.events().size() == 2);
      Event hello = reader.events().getFirst();
      Event meow = reader.events().getLast();
      assertThat(reader.response().headers().firstValue("Content-Type"))
          .contains("text/event-stream;charset=UTF-8");
      assertThat(hello.name()).isEqualTo("hello");
      assertThat(json(hello).propertyNames()).containsExactly("position", "resumed");
      assertThat(json(hello).get("position").stringValue()).isEqualTo(hello.id());
      assertThat(meow.name()).isEqualTo("meow");
      assertThat(meow.id()).endsWith("-" + sequence);
      assertThat(json(meow).get("position").stringValue()).isEqualTo(meow.id());
      assertThat(json(meow).get("kind").intValue()).isEqualTo(1);
      assertThat(Integer.parseInt(String.valueOf(reader.retry()))).isBetween(2_000, 3_000);
    }
  }

  @Test
  void resumesWithLastEventIdWithoutGapOrRepeat() throws Exception {
    List<String> seen = new ArrayList<>();
    @Nullable String last = null;
    long sequence = 0;
    for (int round = 0; round < 5; round++) {
      try (EventReader reader = connect("/events?after=nonsense", last)) {
        if (round > 0) {
          await().atMost(SOON).until(() -> !reader.data("hello").isEmpty());
          assertThat(reader.data("hello").getFirst()).contains("\"resumed\":true");
        } else {
          await().atMost(SOON).until(() -> !reader.data("hello").isEmpty());
        }
        sequence = stream.publish(150, "round " + round);
        String end = "-" + sequence;
        await().atMost(SOON).until(() -> reader.events().getLast().id().endsWith(end));
        reader.events().stream()
            .filter(e -> e.name().equals("meow"))
            .forEach(e -> seen.add(e.id()));
        last = reader.events().getLast().id();
      }
      sequence = stream.publish(300, "meanwhile");
    }
    try (EventReader reader = connect("/events", last)) {
      String end = "-" + sequence;
      await().atMost(SOON).until(() -> reader.events().getLast().id().endsWith(end));
      reader.events().stream().filter(e -> e.name().equals("meow")).forEach(e -> seen.add(e.id()));
    }
    assertThat(seen).doesNotHaveDuplicates().hasSize(5 * 450);
  }

  @Test
  void tellsOfItsTopicsOnly() throws Exception {
    try (EventReader reader = connect("/events?topic=%23cats", null)) {
      await().atMost(SOON).until(() -> reader.events().size() == 1);
      stream.publish(1, "a dog");
      stream.publish(1, "a #cats");
      stream.publish(1, "#cats again");

      await().atMost(SOON).until(() -> reader.data("meow").size() == 2);
      assertThat(reader.data("meow")).allMatch(data -> data.contains("#cats"));
    }
    assertThat(pusher.status("/events?topic=cats")).isEqualTo(400);
  }

  @Test
  void tellsWhoIsOneTooManyWhenToComeBack() throws Exception {
    List<EventReader> readers = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        EventReader reader = connect("/events", null);
        readers.add(reader);
        await().atMost(SOON).until(() -> !reader.data("hello").isEmpty());
      }
      EventReader refused = connect("/events", null);
      readers.add(refused);

      await().atMost(SOON).until(refused::hasEnded);
      assertThat(refused.response().statusCode()).isEqualTo(200);
      assertThat(refused.events()).extracting(Event::name).containsExactly("busy");
      assertThat(refused.retry()).isEqualTo("10000");

      readers.getFirst().close();

      // That it has gone shows when something is to be written.
      await()
          .atMost(SOON)
          .until(() -> {
            stream.publish(1, "is somebody there?");
            try (EventReader next = connect("/events", null)) {
              await().atMost(SOON).until(() -> !next.events().isEmpty());
              return next.events().getFirst().name().equals("hello");
            }
          });
    } finally {
      readers.forEach(EventReader::close);
    }
  }

  @Test
  void endsWhenTheServiceStops() throws Exception {
    try (EventReader reader = connect("/events", null)) {
      await().atMost(SOON).until(() -> reader.events().size() == 1);
      stream.publish(1, "the last one");
      await().atMost(SOON).until(() -> reader.data("meow").size() == 1);

      pusher.close();

      await().atMost(SOON).until(reader::hasEnded);
      assertThat(reader.events().getLast().data()).contains("the last one");
    }
  }

  @Test
  void isThereForWhoTakesEventsOnly() throws Exception {
    for (String accept : AcceptCases.allowing("text/event-stream")) {
      assertThat(pusher.head("/events", accept)).as(accept).isEqualTo(200);
    }
    for (String accept : AcceptCases.refusing("text/event-stream")) {
      assertThat(pusher.head("/events", accept)).as(accept).isEqualTo(406);
    }
  }

  private EventReader connect(String path, @Nullable String lastEventId) throws Exception {
    return new EventReader(pusher.http(path), lastEventId);
  }

  private static JsonNode json(Event event) {
    return JsonMapper.shared().readTree(event.data());
  }
}
