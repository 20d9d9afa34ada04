package meower.stream;

import static meower.stream.MeowsWithHoles.range;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import meower.schema.Position;
import meower.stream.PastReader.Stretch;
import org.junit.jupiter.api.Test;

class PastReaderIntegrationTests {

  private static final Duration AT_ONCE = Duration.ofSeconds(3);

  @Test
  void passesOverWhatWasErased() throws Exception {
    try (MeowsWithHoles meows = new MeowsWithHoles(20)) {
      meows.erase(3, 4, 7, 10, 11);

      Stretch stretch = meows.past().stretch(0, meows.last().at(10));

      assertThat(sequences(stretch)).containsExactly(1L, 2L, 5L, 6L, 8L, 9L);
      assertThat(stretch.heldAfter()).isZero();
    }
  }

  @Test
  void hasNothingOfAStretchThatWasErasedAltogether() throws Exception {
    try (MeowsWithHoles meows = new MeowsWithHoles(20)) {
      meows.erase(6, 7, 8, 9, 10, 19, 20);

      Stretch inside = meows.past().stretch(5, meows.last().at(10));
      Stretch atTheEnd = meows.past().stretch(18, meows.last());

      assertThat(inside.messages()).isEmpty();
      assertThat(inside.heldAfter()).isZero();
      assertThat(atTheEnd.messages()).isEmpty();
      assertThat(atTheEnd.heldAfter()).isZero();
    }
  }

  @Test
  void readsUpToAnErasedEndWithoutWaitingForIt() throws Exception {
    try (MeowsWithHoles meows = new MeowsWithHoles(20)) {
      meows.erase(15, 18, 19, 20);
      long started = System.nanoTime();

      Stretch stretch = meows.past().stretch(10, meows.last());

      assertThat(sequences(stretch)).containsExactly(11L, 12L, 13L, 14L, 16L, 17L);
      assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(AT_ONCE);
    }
  }

  @Test
  void saysWhatIsNoLongerHeldBeforeTheFirstMessage() throws Exception {
    try (MeowsWithHoles meows = new MeowsWithHoles(20)) {
      meows.erase(1, 2, 5);
      Stretch erased = meows.past().stretch(0, meows.last());
      meows.purge();
      Stretch purged = meows.past().stretch(0, meows.last());

      assertThat(erased.heldAfter()).isEqualTo(2);
      assertThat(sequences(erased))
          .containsExactly(
              3L, 4L, 6L, 7L, 8L, 9L, 10L, 11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L, 19L, 20L);
      assertThat(purged.heldAfter()).isEqualTo(20);
      assertThat(purged.messages()).isEmpty();
    }
  }

  /**
   * Every second one is erased while it reads, not the last: behind what is erased there is always
   * a deletion. The others have to come, and soon.
   */
  @Test
  void readsEverythingElseWhileMessagesAreErased() throws Exception {
    try (MeowsWithHoles meows = new MeowsWithHoles(2_000)) {
      Position last = meows.last();
      CompletableFuture<Void> erasing =
          CompletableFuture.runAsync(() -> eraseEven(meows, 2_000), Thread::startVirtualThread);
      List<Long> kept = range(1, 2_000).stream().filter(s -> s % 2 == 1 || s == 2_000).toList();
      int reads = 0;
      while (!erasing.isDone()) {
        long started = System.nanoTime();
        Stretch stretch = meows.past().stretch(0, last);
        assertThat(sequences(stretch)).containsAll(kept);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(AT_ONCE);
        reads++;
      }
      erasing.get(1, TimeUnit.SECONDS);

      assertThat(reads).isGreaterThan(3);
      assertThat(sequences(meows.past().stretch(0, last))).isEqualTo(kept);
    }
  }

  /** From behind, so that the reader meets them. */
  private static void eraseEven(MeowsWithHoles meows, int count) {
    try {
      meows.erase(LongStream.range(1, count / 2).map(i -> count - 2 * i).toArray());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Long> sequences(Stretch stretch) {
    return stretch.messages().stream().map(m -> m.metaData().streamSequence()).toList();
  }
}
