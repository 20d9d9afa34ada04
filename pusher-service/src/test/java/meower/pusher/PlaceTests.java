package meower.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import meower.schema.Position;
import org.junit.jupiter.api.Test;

class PlaceTests {

  private static final Position START = new Position("e1", 10);

  private final PusherMetrics metrics = new PusherMetrics(new SimpleMeterRegistry());
  private final FeedLog feed = new FeedLog(START, 3, 1 << 20);
  private final Place place = new Place(feed, metrics);

  @Test
  void readsWhatIsAppendedAfterItMovedToTheHead() {
    feed.append(11, "a");
    place.moveToHead();
    assertThat(place.isAtEnd()).isTrue();
    feed.append(12, "b");
    feed.append(14, "c");

    assertThat(place.read(10)).containsExactly("b", "c");
    assertThat(place.position()).isEqualTo(START.at(14));
    assertThat(place.read(10)).isEmpty();
  }

  @Test
  void readsNoMoreAtOnceThanItIsTold() {
    place.moveToHead();
    append(11, 13);

    assertThat(place.read(2)).containsExactly("meow 11", "meow 12");
    assertThat(place.read(2)).containsExactly("meow 13");
  }

  @Test
  void goesOnBehindASequence() {
    append(11, 13);

    assertThat(place.moveBehind(12)).isTrue();
    assertThat(place.read(10)).containsExactly("meow 13");
  }

  @Test
  void cannotGoBehindWhatIsNoLongerHeld() {
    append(11, 15);

    assertThat(place.moveBehind(11)).isFalse();
  }

  @Test
  void saysWhatWasLeftOutWhenItHasFallenOutOfTheLog() {
    place.moveToHead();
    append(11, 11);
    assertThat(place.read(10)).containsExactly("meow 11");
    append(12, 20);

    assertThat(place.read(20))
        .containsExactly(Frames.gap(START.at(11), START.at(17)), "meow 18", "meow 19", "meow 20");
    assertThat(metrics.gaps().count()).isEqualTo(1);
  }

  private void append(int from, int to) {
    for (int i = from; i <= to; i++) {
      feed.append(i, "meow " + i);
    }
  }
}
