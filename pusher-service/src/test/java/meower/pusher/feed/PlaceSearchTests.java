package meower.pusher.feed;

import static meower.pusher.frame.BatchTexts.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import meower.nats.NatsLink;
import meower.nats.NatsProperties;
import meower.pusher.frame.Frame;
import meower.pusher.frame.WireFrame;
import meower.pusher.page.Erasures;
import meower.pusher.page.Page;
import meower.pusher.page.PageCache;
import meower.pusher.page.PageReader;
import meower.schema.Position;
import meower.search.SearchQuery;
import meower.stream.PastReader;
import meower.stream.Streams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log holds ten frames, that of a search many more; two searches may stand. */
class PlaceSearchTests {

  private static final Position START = new Position("e1", 0);
  private static final Selection CATS = search("cats ");
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FeedMetrics metrics = new FeedMetrics(registry);
  private final FeedLog log = new FeedLog(START, 10, 1 << 20);
  private final PageCache pages = new PageCache(1 << 20, new Erasures(System::nanoTime));
  private final Feed feed =
      new Feed(log, new History(log, away(), pages, new Semaphore(1), metrics), metrics, 2);
  private final Place place = new Place(feed, Shares.plenty());
  private long last;

  @AfterEach
  void leavesItsSearch() {
    place.close();
    assertThat(feed.searches()).isZero();
    assertThat(feed.held()).isZero();
  }

  @Test
  void readsOnlyWhatItsSearchFindsAndWhy() throws Exception {
    place.moveToHead();
    place.select(CATS);
    append("two cats", "dogs", "Cats and CATS", "my #cats");

    assertThat(read()).containsExactly("1 two [cats]", "3 [Cats] and [CATS]", "4 my #[cats]");
    assertThat(place.position()).isEqualTo(START.at(4));
    assertThat(registry.counter("meower.searches.matched").count()).isEqualTo(3);
  }

  @Test
  void isNotWokenByWhatItDoesNotFind() throws Exception {
    place.moveToHead();
    place.select(CATS);
    read();
    append("dogs");

    assertThat(place.isAtEnd()).isTrue();
    append("cats");
    assertThat(place.isAtEnd()).isFalse();
    read();
  }

  @Test
  void getsEveryEditOnceAndWhetherItIsFound() throws Exception {
    place.moveToHead();
    place.select(CATS);
    append("dogs");
    edit("now cats");
    edit("birds");
    append("cats");

    assertThat(read()).containsExactly("2 edit now [cats]", "3 edit birds", "4 [cats]");
  }

  @Test
  void getsNoTextThatWasTakenBack() throws Exception {
    place.moveToHead();
    place.select(CATS);
    append("cats one", "cats two");
    edit("cats edited");
    for (int i = 0; i < 20; i++) {
      append("dogs");
    }
    delete(1, 3);

    assertThat(read()).containsExactly("2 [cats] two", "24 deletion");
  }

  @Test
  void findsInThePastAndInTheLogWhatCameBeforeItsSearch() throws Exception {
    List<Frame> past = new ArrayList<>();
    past.add(new Frame(0, 5, wire(1, 5, "past cats"), List.of()));
    past.add(new Frame(1, 6, wire(1, 6, "past dogs"), List.of()));
    past.add(new Frame(2, 7, Frame.Kind.EDITED, wire(4, 7, "past cats again"), List.of()));
    past.add(new Frame(3, 8, Frame.Kind.EDITED, wire(4, 8, "past birds"), List.of()));
    past.add(new Frame(4, 9, Frame.Kind.DELETED, wire(5, 9, ""), List.of()));
    pages.put(0, new Page(0, 12, past));
    for (int i = 1; i <= 18; i++) {
      append("dogs");
    }
    append("cats in the log");
    edit("cats in an edit");
    delete(2);
    append("late cats");
    place.moveBehind(3);
    place.select(CATS);

    assertThat(read())
        .containsExactly(
            "5 past [cats]",
            "7 edit past [cats] again",
            "8 edit past birds",
            "9 deletion",
            "19 [cats] in the log",
            "20 edit [cats] in an edit",
            "21 deletion",
            "22 late [cats]");
    append("live cats", "dogs");
    assertThat(read()).containsExactly("23 live [cats]");
  }

  @Test
  void sharesItsSearchAndTakesNoMoreThanMayStand() throws Exception {
    Place same = new Place(feed, Shares.plenty());
    Place other = new Place(feed, Shares.plenty());
    Place third = new Place(feed, Shares.plenty());
    for (Place each : List.of(place, same, other, third)) {
      each.moveToHead();
    }
    assertThat(place.select(CATS)).isTrue();
    assertThat(same.select(CATS)).isTrue();
    assertThat(other.select(search("dogs"))).isTrue();

    assertThat(third.select(search("birds"))).isFalse();
    assertThat(feed.searches()).isEqualTo(2);
    third.close();
    other.close();
    assertThat(third.select(search("birds"))).isTrue();
    third.close();
    same.close();
    append("cats");
    assertThat(read()).containsExactly("1 [cats]");
  }

  private static Selection search(String query) {
    return new Selection.Search(SearchQuery.parse(query));
  }

  /** Everything that is there, in small steps: the sequence, and the body with its matches. */
  private List<String> read() throws Exception {
    List<String> read = new ArrayList<>();
    do {
      texts(place.read(3)).forEach(frame -> read.add(described(MAPPER.readTree(frame))));
    } while (!place.isAtEnd());
    return read;
  }

  private static String described(JsonNode frame) {
    long sequence =
        Position.parse(frame.required("position").stringValue()).orElseThrow().sequence();
    String body = frame.required("body").stringValue();
    StringBuilder text = new StringBuilder(body);
    List<JsonNode> matches = new ArrayList<>();
    if (frame.has("matches")) {
      frame.get("matches").forEach(matches::addFirst);
    }
    for (JsonNode match : matches) {
      text.insert(match.get("end").intValue(), ']').insert(match.get("start").intValue(), '[');
    }
    return sequence
        + switch (frame.required("kind").intValue()) {
          case 1 -> " " + text;
          case 4 -> " edit " + text;
          default -> " deletion";
        };
  }

  private static WireFrame wire(int kind, long sequence, String body) {
    return WireFrame.of(
        "{\"kind\":%d,\"body\":\"%s\",\"position\":\"e1-%d\"}".formatted(kind, body, sequence));
  }

  private void append(String... bodies) {
    for (String body : bodies) {
      last++;
      feed.append(last, wire(1, last, body), List.of());
    }
  }

  private void edit(String body) {
    last++;
    feed.edit(last, wire(4, last, body));
  }

  private void delete(long... earlier) {
    last++;
    feed.delete(last, wire(5, last, ""), LongStream.of(earlier).boxed().toList());
  }

  /** A stream that cannot be reached. */
  private static PageReader away() {
    NatsProperties properties = new NatsProperties("nats://127.0.0.1:1", 1, Duration.ofSeconds(1));
    NatsLink link = new NatsLink(properties, "test");
    Streams streams = new Streams(link, properties);
    return new PageReader(new PastReader(link, streams), streams.events());
  }
}
