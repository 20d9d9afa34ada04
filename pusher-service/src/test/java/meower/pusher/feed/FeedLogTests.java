package meower.pusher.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import meower.pusher.frame.Batch;
import meower.pusher.frame.BatchTexts;
import meower.pusher.frame.Frame;
import meower.pusher.frame.FrameMemory;
import meower.pusher.frame.WireFrame;
import meower.schema.Position;
import org.junit.jupiter.api.Test;

class FeedLogTests {

  private static final Position START = new Position("e1", 10);
  private static final long MUCH = 1 << 20;
  private static final int ENOUGH = 20_000;
  private static final Duration BOUND = Duration.ofSeconds(20);

  private final FrameMemory memory = new FrameMemory();

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
  void blanksAFrameInItsPlace() {
    FeedLog log = new FeedLog(START, 10, MUCH);
    appendTo(log, 11, 14);
    log.blank(12, memory);

    assertThat(textsOf(log)).containsExactly("meow 11", "meow 13", "meow 14");
    assertThat(log.get(1)).isNotNull().extracting(Frame::sequence).isEqualTo(12L);
    assertThat(log.locate(11)).isEqualTo(1);
    assertThat(log.locate(12)).isEqualTo(2);
    assertThat(log.next()).isEqualTo(4);
    assertThat(log.head()).isEqualTo(START.at(14));
  }

  @Test
  void blanksNothingTwiceAndNothingThatIsNotThere() {
    FeedLog log = new FeedLog(START, 3, MUCH);
    appendTo(log, 11, 12);
    log.skip(13);
    appendTo(log, 14, 15);

    log.blank(11, memory);
    log.blank(13, memory);
    log.blank(16, memory);

    assertThat(textsOf(log)).containsExactly("meow 12", "meow 14", "meow 15");
    log.blank(14, memory);
    Frame blank = log.get(2);
    log.blank(14, memory);
    assertThat(log.get(2)).isSameAs(blank);
  }

  @Test
  void keepsADeletionAlthoughALaterOneNamesIt() {
    FeedLog log = new FeedLog(START, 10, MUCH);
    log.append(11, Frame.Kind.DELETED, memory.add(WireFrame.of("deleted")), List.of());
    log.append(12, Frame.Kind.EDITED, memory.add(WireFrame.of("edited")), List.of());
    log.blank(11, memory);
    log.blank(12, memory);

    assertThat(textsOf(log)).containsExactly("deleted");
  }

  /** It may be on its way to a socket, and goes with the last one that takes it. */
  @Test
  void leavesTheMemoryInWhichABlankedFrameLies() {
    FeedLog log = new FeedLog(START, 2_000, MUCH);
    for (int i = 11; i <= 1_500; i++) {
      log.append(i, memory.add(WireFrame.of(i + "x".repeat(100))), List.of());
    }
    List<WireFrame> before = wiresOf(log);
    WireFrame inBetween = before.get(1_000 - 11);
    WireFrame beingFilled = before.getLast();
    String text = BatchTexts.text(inBetween);
    log.blank(1_000, memory);
    log.blank(1_500, memory);

    assertThat(wiresOf(log).stream())
        .noneMatch(wire -> wire.isBeside(inBetween) || wire.isBeside(beingFilled));
    assertThat(wiresOf(log).getFirst()).as("in another piece").isSameAs(before.getFirst());
    assertThat(batchOf(log).size()).isEqualTo(1_488);
    assertThat(BatchTexts.text(inBetween)).as("not overwritten").isEqualTo(text);
  }

  @Test
  void goesOnAsOnePieceAfterAFrameWasBlanked() {
    FeedLog log = new FeedLog(START, 100, MUCH);
    appendTo(log, 11, 20);
    log.blank(11, memory);
    log.blank(15, memory);
    log.blank(20, memory);
    appendTo(log, 21, 22);

    Batch batch = batchOf(log);
    assertThat(batch.size()).isEqualTo(9);
    assertThat(batch.pieces()).hasSize(1);
    assertThat(textsOf(log))
        .containsExactly(
            "meow 12", "meow 13", "meow 14", "meow 16", "meow 17", "meow 18", "meow 19", "meow 21",
            "meow 22");
  }

  @Test
  void countsTheMemoryThatABlankedFrameHasLeft() {
    FeedLog log = new FeedLog(START, 100, MUCH);
    log.append(11, memory.add(WireFrame.of("x".repeat(1_000))), List.of("cats"));
    long full = log.bytes();
    log.blank(11, memory);

    assertThat(log.bytes()).isLessThan(full - 1_000).isPositive();
    appendTo(log, 12, 112);
    assertThat(log.bytes())
        .isEqualTo(
            wiresOf(log).stream().mapToLong(w -> new Frame(0, 0, w, List.of()).size()).sum());
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

  private void appendTo(FeedLog log, int from, int to) {
    for (int i = from; i <= to; i++) {
      log.append(i, memory.add(WireFrame.of("meow " + i)), List.of());
    }
  }

  private static List<WireFrame> wiresOf(FeedLog log) {
    return LongStream.range(log.next() - log.size(), log.next())
        .mapToObj(log::get)
        .map(frame -> Objects.requireNonNull(frame).wire())
        .toList();
  }

  private static Batch batchOf(FeedLog log) {
    Batch batch = new Batch();
    wiresOf(log).forEach(batch::add);
    return batch;
  }

  private static List<String> textsOf(FeedLog log) {
    return BatchTexts.texts(batchOf(log));
  }
}
