package meower.pusher.feed;

import static meower.pusher.frame.BatchTexts.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.LongStream;
import meower.nats.NatsLink;
import meower.nats.NatsProperties;
import meower.pusher.frame.Frame;
import meower.pusher.frame.Frames;
import meower.pusher.frame.WireFrame;
import meower.pusher.page.Erasures;
import meower.pusher.page.Page;
import meower.pusher.page.PageCache;
import meower.pusher.page.PageReader;
import meower.schema.Position;
import meower.stream.PastReader;
import meower.stream.Streams;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The log holds ten frames, a topic's log many more. */
class PlaceTopicTests {

  private static final Position START = new Position("e1", 0);
  private static final Selection CATS = new Selection.Topics(Set.of("cats"));
  private static final Selection BOTH = new Selection.Topics(Set.of("cats", "dogs"));

  private final FeedMetrics metrics = new FeedMetrics(new SimpleMeterRegistry());
  private final FeedLog log = new FeedLog(START, 10, 1 << 20);
  private final PageCache pages = new PageCache(1 << 20, new Erasures(System::nanoTime));
  private final Feed feed =
      new Feed(log, new History(log, away(), pages, new Semaphore(1), metrics), metrics, 2);
  private final Place place = new Place(feed, Shares.plenty());
  private long last;

  @AfterEach
  void leavesItsTopics() {
    place.close();
    assertThat(feed.topics()).isZero();
    assertThat(feed.held()).isZero();
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
    place.select(Selection.EVERYTHING);
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

  @Test
  void readsEditsAndDeletionsWhateverTheyAreAbout() throws Exception {
    place.moveToHead();
    place.select(CATS);
    append("dogs", "cats");
    edit();
    append("cats", "birds");
    delete(1);
    append("cats");

    assertThat(read()).containsExactly("cats 2", "edit 3", "cats 4", "deletion 6", "cats 7");
    delete(5);
    assertThat(place.isAtEnd()).as("woken by a deletion").isFalse();
    assertThat(read()).containsExactly("deletion 8");
  }

  @Test
  void getsNoTextAfterItsDeletion() throws Exception {
    place.moveToHead();
    place.select(BOTH);
    append("cats", "dogs", "cats dogs", "cats");
    delete(1, 3);

    assertThat(read()).containsExactly("dogs 2", "cats 4", "deletion 5");
  }

  @Test
  void getsNoEditAfterTheDeletion() throws Exception {
    place.moveToHead();
    place.select(CATS);
    append("cats");
    edit();
    delete(1, 2);

    assertThat(read()).containsExactly("deletion 3");
  }

  /** The log holds ten frames, so nobody knows any more which topics it had. */
  @Test
  void getsNoTextOfATopicThatReachesFurtherBackThanTheLog() throws Exception {
    place.moveToHead();
    place.select(BOTH);
    append("cats", "dogs", "dogs cats");
    for (int i = 0; i < 20; i++) {
      append("birds");
    }
    delete(1, 3);

    assertThat(read()).containsExactly("dogs 2", "deletion 24");
  }

  @Test
  void remembersOfTheMeowsOfItsTopicsWhereThoseAreThatItHolds() throws Exception {
    place.moveToHead();
    place.select(CATS);
    for (int i = 0; i < 1_000; i++) {
      append("cats", "dogs");
    }

    assertThat(feed.held()).isEqualTo(256);
  }

  @Test
  void readsEditsAndDeletionsOfThePastAndOfTheLogOnItsWayToItsTopic() throws Exception {
    List<Frame> past = new ArrayList<>();
    past.add(new Frame(0, 5, WireFrame.of("past cats"), List.of("cats")));
    past.add(new Frame(1, 6, WireFrame.of("past dogs"), List.of("dogs")));
    past.add(new Frame(2, 7, Frame.Kind.EDITED, WireFrame.of("past edit"), List.of()));
    past.add(new Frame(3, 8, Frame.Kind.DELETED, WireFrame.of("past deletion"), List.of()));
    pages.put(0, new Page(0, 12, past));
    for (int i = 1; i <= 18; i++) {
      append("");
    }
    edit();
    append("dogs");
    delete(2);
    append("cats");
    place.moveBehind(3);
    place.select(CATS);

    assertThat(read())
        .containsExactly(
            "past cats", "past edit", "past deletion", "edit 19", "deletion 21", "cats 22");
  }

  @Test
  void goesOnWithTheLogWhenItHasFallenOutOfTheEditsAndDeletions() throws Exception {
    FeedLog large = new FeedLog(START, 20_000, 1 << 24);
    Feed other =
        new Feed(large, new History(large, away(), pages, new Semaphore(1), metrics), metrics, 2);
    Place behind = new Place(other, Shares.plenty());
    behind.moveToHead();
    behind.select(CATS);
    assertThat(texts(behind.read(3))).isEmpty();
    for (int i = 1; i <= 10_000; i++) {
      other.edit(i, WireFrame.of("edit " + i));
    }

    List<String> got = new ArrayList<>();
    do {
      got.addAll(texts(behind.read(512)));
    } while (!behind.isAtEnd());
    behind.close();
    assertThat(got).hasSize(10_000).startsWith("edit 1", "edit 2").endsWith("edit 10000");
    assertThat(metrics.gaps().count()).isZero();
  }

  /** Everything that is there, in small steps. */
  private List<String> read() throws Exception {
    List<String> texts = new ArrayList<>();
    do {
      texts.addAll(texts(place.read(3)));
    } while (!place.isAtEnd());
    return texts;
  }

  private void edit() {
    last++;
    feed.edit(last, WireFrame.of("edit " + last));
  }

  private void delete(long... earlier) {
    last++;
    feed.delete(last, WireFrame.of("deletion " + last), LongStream.of(earlier).boxed().toList());
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
    Streams streams = new Streams(link, properties);
    return new PageReader(new PastReader(link, streams), streams.events());
  }
}
