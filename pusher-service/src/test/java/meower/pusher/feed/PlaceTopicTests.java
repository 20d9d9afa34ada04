package meower.pusher.feed;

import static meower.pusher.feed.BatchTexts.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import meower.nats.NatsLink;
import meower.nats.NatsProperties;
import meower.nats.PastReader;
import meower.nats.Streams;
import meower.schema.Position;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The log holds ten frames, a topic's log many more. */
class PlaceTopicTests {

  private static final Position START = new Position("e1", 0);
  private static final Set<String> CATS = Set.of("cats");
  private static final Set<String> BOTH = Set.of("cats", "dogs");

  private final FeedMetrics metrics = new FeedMetrics(new SimpleMeterRegistry());
  private final FeedLog log = new FeedLog(START, 10, 1 << 20);
  private final PageCache pages = new PageCache(1 << 20, new Erasures(System::nanoTime));
  private final Feed feed =
      new Feed(log, new History(log, away(), pages, new Semaphore(1), metrics), metrics);
  private final Place place = feed.newPlace();
  private long last;

  @AfterEach
  void leavesItsTopics() {
    place.close();
    assertThat(feed.topics()).isZero();
  }

  @Test
  void readsOnlyWhatIsAboutItsTopic() throws Exception {
    place.moveToHead();
    place.select(CATS);
    append("cats", "dogs", "", "cats");

    assertThat(read()).containsExactly("cats 1", "cats 4");
    assertThat(place.isAtEnd()).isTrue();
    assertThat(place.position()).isEqualTo(START.at(4));
  }

  @Test
  void isNotWokenByOtherTopics() throws Exception {
    place.moveToHead();
    place.select(CATS);
    read();
    append("dogs", "");

    assertThat(place.isAtEnd()).isTrue();
    append("cats");
    assertThat(place.isAtEnd()).isFalse();
  }

  @Test
  void readsAMeowAboutTwoTopicsOnceAndInOrder() throws Exception {
    place.moveToHead();
    place.select(BOTH);
    append("cats", "dogs", "cats dogs", "birds", "dogs", "cats");

    assertThat(read()).containsExactly("cats 1", "dogs 2", "cats dogs 3", "dogs 5", "cats 6");
  }

  /** Another topic may lack a meow up to there for a moment. */
  @Test
  void readsNoFurtherThanTheLogOfAllMeowsHasCome() throws Exception {
    place.moveToHead();
    place.select(BOTH);
    assertThat(read()).isEmpty();
    FeedLog dogs = Objects.requireNonNull(feed.join("dogs"));
    dogs.append(2, WireFrame.of("dogs 2"), List.of("dogs"));
    assertThat(texts(place.read(10))).isEmpty();

    append("cats");
    log.append(2, WireFrame.of("dogs 2"), List.of("dogs"));
    assertThat(read()).containsExactly("cats 1", "dogs 2");
    feed.leave("dogs");
  }

  @Test
  void readsFromTheLogWhatCameBeforeItsTopicHadOne() throws Exception {
    append("cats", "dogs", "cats");
    place.moveBehind(0);
    place.select(CATS);
    append("", "cats");

    assertThat(read()).containsExactly("cats 1", "cats 3", "cats 5");
    append("dogs", "cats");
    assertThat(read()).containsExactly("cats 7");
  }

  @Test
  void readsFromThePastWhatCameBeforeTheLog() throws Exception {
    List<Frame> past = new ArrayList<>();
    for (int i = 1; i <= 30; i++) {
      List<String> topics = i % 5 == 0 ? List.of("cats") : List.of();
      past.add(new Frame(i - 1, i, WireFrame.of("past " + i), topics));
    }
    pages.put(0, new Page(0, 30, past));
    for (int i = 1; i <= 30; i++) {
      append(i % 5 == 0 ? "cats" : "");
    }
    place.moveBehind(3);
    place.select(CATS);

    assertThat(read())
        .containsExactly("past 5", "past 10", "past 15", "past 20", "cats 25", "cats 30");
    append("cats");
    assertThat(read()).containsExactly("cats 31");
    assertThat(metrics.gaps().count()).isZero();
  }

  @Test
  void fallsNotBehindWhatItsTopicStillHolds() throws Exception {
    place.moveToHead();
    place.select(CATS);
    read();
    append("cats");
    for (int i = 0; i < 50; i++) {
      append("dogs");
    }
    append("cats");

    assertThat(read()).containsExactly("cats 1", "cats 52");
    assertThat(metrics.gaps().count()).isZero();
  }

  @Test
  void saysWhatWasLeftOutWhenItHasFallenOutOfItsTopic() throws Exception {
    place.moveToHead();
    place.select(CATS);
    append("cats");
    assertThat(read()).containsExactly("cats 1");
    for (int i = 0; i < 400; i++) {
      append("cats");
    }

    List<String> texts = read();
    assertThat(texts).hasSize(11).startsWith(Frames.gap(START.at(1), START.at(391)), "cats 392");
    assertThat(texts.getLast()).isEqualTo("cats 401");
  }

  @Test
  void addsATopicWithoutLeavingOutOrRepeating() throws Exception {
    place.moveToHead();
    place.select(CATS);
    append("cats", "dogs");
    assertThat(read()).containsExactly("cats 1");
    for (int i = 0; i < 50; i++) {
      append("birds");
    }
    place.select(BOTH);
    append("dogs", "cats");

    assertThat(read()).as("nothing was missed").containsExactly("dogs 53", "cats 54");
  }

  @Test
  void readsEverythingAgainWithoutTopics() throws Exception {
    place.moveToHead();
    place.select(CATS);
    append("dogs", "cats");
    assertThat(read()).containsExactly("cats 2");
    place.select(Set.of());
    append("dogs", "");

    assertThat(read()).containsExactly("dogs 3", " 4");
  }

  @Test
  void movesPastWhatNoBrowserGets() throws Exception {
    append("cats");
    place.moveBehind(0);
    feed.skip(++last);
    place.select(CATS);

    assertThat(read()).containsExactly("cats 1");
    append("cats");
    assertThat(read()).containsExactly("cats 3");
    append("dogs");
    assertThat(place.isAtEnd()).as("in the topic's log by now").isTrue();
  }

  /** Everything that is there, in small steps. */
  private List<String> read() throws Exception {
    List<String> texts = new ArrayList<>();
    do {
      texts.addAll(texts(place.read(3)));
    } while (!place.isAtEnd());
    return texts;
  }

  /** Appends a meow for each text of topics. */
  private void append(String... meows) {
    for (String topics : meows) {
      last++;
      List<String> about = topics.isEmpty() ? List.of() : List.of(topics.split(" "));
      feed.append(last, WireFrame.of(topics + " " + last), about);
    }
  }

  /** A stream that cannot be reached. */
  private static PageReader away() {
    NatsProperties properties = new NatsProperties("nats://127.0.0.1:1", 1, Duration.ofSeconds(1));
    NatsLink link = new NatsLink(properties, "test");
    return new PageReader(new PastReader(link, new Streams(link, properties)));
  }
}
