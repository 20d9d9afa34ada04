package meower.pusher.feed;

import static meower.pusher.frame.BatchTexts.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
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
import org.junit.jupiter.api.Test;

class PlaceTests {

  private static final Position START = new Position("e1", 10);

  private final FeedMetrics metrics = new FeedMetrics(new SimpleMeterRegistry());
  private final FeedLog feed = new FeedLog(START, 3, 1 << 20);
  private final PageCache pages = new PageCache(1 << 20, new Erasures(System::nanoTime));
  private final Place place =
      new Place(
          new Feed(feed, new History(feed, away(), pages, new Semaphore(1), metrics), metrics, 2),
          Shares.plenty());

  @Test
  void readsWhatIsAppendedAfterItMovedToTheHead() throws Exception {
    feed.append(11, WireFrame.of("a"), List.of());
    place.moveToHead();
    assertThat(place.isAtEnd()).isTrue();
    feed.append(12, WireFrame.of("b"), List.of());
    feed.append(14, WireFrame.of("c"), List.of());

    assertThat(texts(place.read(10))).containsExactly("b", "c");
    assertThat(place.position()).isEqualTo(START.at(14));
    assertThat(texts(place.read(10))).isEmpty();
  }

  @Test
  void readsNoMoreAtOnceThanItIsTold() throws Exception {
    place.moveToHead();
    append(11, 13);

    assertThat(texts(place.read(2))).containsExactly("meow 11", "meow 12");
    assertThat(texts(place.read(2))).containsExactly("meow 13");
  }

  @Test
  void goesOnBehindASequence() throws Exception {
    append(11, 13);

    assertThat(place.moveBehind(12)).isTrue();
    assertThat(texts(place.read(10))).containsExactly("meow 13");
  }

  @Test
  void walksThroughThePastUntilItReachesTheLog() throws Exception {
    pages.put(0, page(0, 1, 16));
    append(11, 18);

    assertThat(place.moveBehind(12)).isTrue();
    assertThat(texts(place.read(2))).containsExactly("meow 13", "meow 14");
    assertThat(texts(place.read(10))).containsExactly("meow 15", "meow 16");
    assertThat(texts(place.read(10))).containsExactly("meow 17", "meow 18");
    assertThat(metrics.replays().count()).isEqualTo(1);
    assertThat(metrics.gaps().count()).isZero();
  }

  @Test
  void movesOnPastWhatNoBrowserGetsOfThePast() throws Exception {
    pages.put(0, new Page(0, 16, List.of()));
    append(11, 18);
    place.moveBehind(12);

    assertThat(texts(place.read(10))).isEmpty();
    assertThat(place.isAtEnd()).isFalse();
    assertThat(texts(place.read(10))).containsExactly("meow 17", "meow 18");
  }

  @Test
  void goesBackToThePastWhenItFallsOutOfTheLogBeforeItWasLive() throws Exception {
    append(11, 12);
    place.moveBehind(10);
    assertThat(texts(place.read(1))).containsExactly("meow 11");
    append(13, 18);
    pages.put(0, page(0, 1, 16));

    assertThat(texts(place.read(10))).isEmpty();
    assertThat(texts(place.read(10)))
        .containsExactly("meow 12", "meow 13", "meow 14", "meow 15", "meow 16");
    assertThat(metrics.gaps().count()).isZero();
  }

  @Test
  void hasNothingWhileThePastCannotBeRead() throws Exception {
    append(11, 18);
    place.moveBehind(12);

    assertThat(texts(place.read(10))).isEmpty();
    assertThat(place.position()).isEqualTo(START.at(12));
  }

  @Test
  void cannotGoBehindWhatTheStreamNoLongerHolds() throws Exception {
    pages.put(0, page(14, 15, 16));
    append(11, 18);
    assertThat(place.moveBehind(12)).isTrue();

    assertThatThrownBy(() -> place.read(10)).isInstanceOf(CutOffException.class);
    assertThat(place.moveBehind(12)).as("known by now").isFalse();
    assertThat(place.moveBehind(14)).isTrue();
  }

  @Test
  void cannotGoBehindWhatIsNotThereYet() {
    append(11, 18);

    assertThat(place.moveBehind(19)).isFalse();
  }

  @Test
  void saysWhatWasLeftOutWhenItHasFallenOutOfTheLog() throws Exception {
    place.moveToHead();
    append(11, 11);
    assertThat(texts(place.read(10))).containsExactly("meow 11");
    append(12, 20);

    assertThat(texts(place.read(20)))
        .containsExactly(Frames.gap(START.at(11), START.at(17)), "meow 18", "meow 19", "meow 20");
    assertThat(metrics.gaps().count()).isEqualTo(1);
  }

  private static Page page(long after, int from, int to) {
    List<Frame> frames = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      frames.add(new Frame(i - from, i, WireFrame.of("meow " + i), List.of()));
    }
    return new Page(after, to, frames);
  }

  /** A stream that cannot be reached. */
  private static PageReader away() {
    NatsProperties properties = new NatsProperties("nats://127.0.0.1:1", 1, Duration.ofSeconds(1));
    NatsLink link = new NatsLink(properties, "test");
    Streams streams = new Streams(link, properties);
    return new PageReader(new PastReader(link, streams), streams.events());
  }

  private void append(int from, int to) {
    for (int i = from; i <= to; i++) {
      feed.append(i, WireFrame.of("meow " + i), List.of());
    }
  }
}
