package meower.pusher.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import meower.schema.Position;
import org.junit.jupiter.api.Test;

class FeedLogTests {

  private static final Position START = new Position("e1", 10);
  private static final long MUCH = 1 << 20;
  private static final int ENOUGH = 20_000;
  private static final Duration BOUND = Duration.ofSeconds(20);

  @Test
  void beginsWhereTheStreamStands() {
    FeedLog log = new FeedLog(START, 4, MUCH);

    assertThat(log.head()).isEqualTo(START);
    assertThat(log.locate(10)).isEqualTo(log.next());
    assertThat(log.get(0)).isNull();
  }

  @Test
  void handsOutWhatWasAppendedInOrder() {
    FeedLog log = new FeedLog(START, 4, MUCH);
    WireFrame a = WireFrame.of("a");
    WireFrame b = WireFrame.of("b");
    log.append(11, a, List.of());
    log.append(15, b, List.of());

    assertThat(log.get(0)).isEqualTo(new Frame(0, 11, a, List.of()));
    assertThat(log.get(1)).isEqualTo(new Frame(1, 15, b, List.of()));
    assertThat(log.get(2)).isNull();
    assertThat(log.head()).isEqualTo(START.at(15));
  }

  @Test
  void dropsTheOldestFrameBeyondTheMostFrames() {
    FeedLog log = new FeedLog(START, 3, MUCH);
    appendTo(log, 11, 15);

    assertThat(log.size()).isEqualTo(3);
    assertThat(log.get(0)).isNull();
    assertThat(log.get(1)).isNull();
    assertThat(log.oldest().sequence()).isEqualTo(13);
  }

  @Test
  void dropsTheOldestFramesBeyondTheMostBytes() {
    WireFrame text = WireFrame.of("x".repeat(100));
    long size = new Frame(0, 0, text, List.of()).size();
    FeedLog log = new FeedLog(START, 100, 3 * size);
    for (int i = 11; i <= 20; i++) {
      log.append(i, text, List.of());
      assertThat(log.bytes()).isLessThanOrEqualTo(3 * size);
    }

    assertThat(log.size()).isEqualTo(3);
    assertThat(log.oldest().sequence()).isEqualTo(18);
  }

  @Test
  void holdsAFrameAloneThatIsLargerThanAllowed() {
    FeedLog log = new FeedLog(START, 100, 200);
    log.append(11, WireFrame.of("small"), List.of());
    log.append(12, WireFrame.of("x".repeat(1_000)), List.of());

    assertThat(log.size()).isEqualTo(1);
    assertThat(log.oldest().sequence()).isEqualTo(12);

    log.append(13, WireFrame.of("small"), List.of());

    assertThat(log.size()).isEqualTo(1);
    assertThat(log.oldest().sequence()).isEqualTo(13);
  }

  @Test
  void locatesTheFirstFrameAfterASequence() {
    FeedLog log = new FeedLog(START, 10, MUCH);
    log.append(11, WireFrame.of("a"), List.of());
    log.append(14, WireFrame.of("b"), List.of());
    log.append(15, WireFrame.of("c"), List.of());

    assertThat(log.locate(10)).isEqualTo(0);
    assertThat(log.locate(11)).isEqualTo(1);
    assertThat(log.locate(12)).isEqualTo(1);
    assertThat(log.locate(14)).isEqualTo(2);
    assertThat(log.locate(15)).isEqualTo(3);
  }

  @Test
  void refusesToGoOnWhereSomethingIsMissing() {
    FeedLog log = new FeedLog(START, 2, MUCH);
    assertThat(log.locate(9)).as("before the log").isEqualTo(FeedLog.NOT_HELD);

    appendTo(log, 11, 14);

    assertThat(log.locate(11)).as("12 has fallen out").isEqualTo(FeedLog.NOT_HELD);
    assertThat(log.locate(12)).isEqualTo(2);
    assertThat(log.locate(15)).as("not seen yet").isEqualTo(FeedLog.NOT_HELD);
  }

  @Test
  void movesOnPastWhatNoBrowserGets() {
    FeedLog log = new FeedLog(START, 10, MUCH);
    log.append(11, WireFrame.of("a"), List.of());
    log.skip(12);

    assertThat(log.head()).isEqualTo(START.at(12));
    assertThat(log.locate(12)).isEqualTo(log.next());

    log.append(13, WireFrame.of("b"), List.of());

    assertThat(log.locate(12)).isEqualTo(1);
  }

  @Test
  void refusesWhatIsNotNew() {
    FeedLog log = new FeedLog(START, 10, MUCH);
    log.append(11, WireFrame.of("a"), List.of());

    assertThatThrownBy(() -> log.append(11, WireFrame.of("a"), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> log.skip(10)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void losesNothingBetweenHeadAndFirstFrameWhileItGrows() throws Exception {
    FeedLog log = new FeedLog(START, 64, MUCH);
    AtomicBoolean growing = new AtomicBoolean(true);
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      List<Future<Integer>> readers =
          Stream.generate(() -> threads.submit(() -> readUntil(ENOUGH, log, growing)))
              .limit(3)
              .toList();
      long deadline = System.nanoTime() + BOUND.toNanos();
      for (int i = 11; !haveFound(readers) && System.nanoTime() < deadline; i++) {
        appendTo(log, i, i);
      }
      growing.set(false);
      for (Future<Integer> reader : readers) {
        assertThat(reader.get(BOUND.toSeconds(), TimeUnit.SECONDS)).isEqualTo(ENOUGH);
      }
    }
  }

  private static boolean haveFound(List<Future<Integer>> readers) {
    return readers.stream().allMatch(Future::isDone);
  }

  /**
   * Reads like a subscriber does, again and again from the head.
   *
   * @return how many frames it found right behind the one before
   */
  private static int readUntil(int enough, FeedLog log, AtomicBoolean growing) {
    int found = 0;
    while (found < enough && growing.get()) {
      long sequence = log.head().sequence();
      long offset = log.locate(sequence);
      for (int i = 0; i < 3 && offset != FeedLog.NOT_HELD && found < enough; i++) {
        Frame frame = log.get(offset);
        if (frame != null) {
          assertThat(frame.sequence()).isEqualTo(sequence + 1);
          found++;
        } else if (offset < log.next()) {
          frame = log.oldest();
        }
        if (frame != null) {
          assertThat(BatchTexts.text(frame.wire())).isEqualTo("meow " + frame.sequence());
          sequence = frame.sequence();
          offset = frame.offset() + 1;
        }
      }
    }
    return found;
  }

  private static void appendTo(FeedLog log, int from, int to) {
    for (int i = from; i <= to; i++) {
      log.append(i, WireFrame.of("meow " + i), List.of());
    }
  }
}
