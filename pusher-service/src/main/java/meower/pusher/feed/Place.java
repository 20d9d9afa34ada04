package meower.pusher.feed;

import java.time.Duration;
import java.util.List;
import meower.pusher.frame.Batch;
import meower.pusher.frame.Frame;
import meower.pusher.frame.Frames;
import meower.pusher.frame.WireFrame;
import meower.pusher.page.Page;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;

/**
 * A reader's place in the feed: everything before it has been read or was left out.
 *
 * <p>One that begins further back than the {@link FeedLog} walks through the pages of the {@link
 * History} until it reaches the log. From the moment at which it has been at the end it is live:
 * when it then falls out of the log, what is missing is left out, because to read it again for each
 * slow reader would have no bound.
 *
 * <p>With topics or a search selected it reads their logs. Where these do not reach back so far it
 * looks through everything instead, and leaves out what is not wanted.
 *
 * <p>Belongs to one thread.
 */
public final class Place {

  /** What a reader that is stuck holds of the past; nobody else may hold the same any more. */
  private static final int MOST_OF_HISTORY = 64;

  /** How long a reader that has had enough is kept from its heartbeat. */
  private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

  /** To compare a text with a search takes as long as to send so many of it. */
  private static final long SEARCHING = 8;

  private final Feed feed;
  private final PastShare past;
  private final FeedLog log;
  private final History history;
  private final FeedMetrics metrics;
  private @Nullable SelectionReader selected;
  private long offset = FeedLog.NOT_HELD;
  private long sequence;
  private boolean live;
  private long looked;

  /**
   * A place for one more reader, which then moves to where it begins.
   *
   * @param past what the reader's client gets of it
   */
  public Place(Feed feed, PastShare past) {
    this.feed = feed;
    this.past = past;
    this.log = feed.log();
    this.history = feed.history();
    this.metrics = feed.metrics();
  }

  /** Returns the position up to which the reader has seen the feed. */
  public Position position() {
    return log.at(sequence);
  }

  /** Goes behind the newest frame: what is appended from now on is read. */
  public void moveToHead() {
    live = true;
    do {
      sequence = log.head().sequence();
      // The log may have moved on by more than it holds since the line above.
      offset = log.locate(sequence);
    } while (offset == FeedLog.NOT_HELD);
  }

  /** Goes right behind a sequence; returns false when not everything after it can be had. */
  public boolean moveBehind(long wanted) {
    live = false;
    sequence = wanted;
    offset = log.locate(wanted);
    if (offset != FeedLog.NOT_HELD) {
      return true;
    }
    boolean reachable = history.reachesBackTo(wanted);
    if (reachable) {
      metrics.replays().increment();
    }
    return reachable;
  }

  /**
   * From here on only what is selected is read; returns false when there are too many searches for
   * this one.
   */
  public boolean select(Selection wanted) {
    @Nullable SelectionReader old = selected;
    settle();
    // Joined before the old ones are left: a log that both need lives on.
    selected = wanted.equals(Selection.EVERYTHING) ? null : new SelectionReader(feed, wanted);
    offset = FeedLog.NOT_HELD;
    if (old != null) {
      old.close();
    }
    return selected == null || selected.isComplete() || wanted instanceof Selection.Topics;
  }

  /** Leaves what was selected. */
  public void close() {
    if (selected != null) {
      selected.close();
    }
  }

  /**
   * Tells whether there is nothing to read now. Another thread may ask while the reader sleeps; one
   * that asks too late gets any answer.
   */
  public boolean isAtEnd() {
    SelectionReader reader = selected;
    if (reader != null && reader.isHeld()) {
      return reader.isAtEnd();
    }
    return log.next() == offset;
  }

  /**
   * Returns what comes next and moves behind it. There is nothing at the end, when what came next
   * is not selected, and when the past could not be had within a moment.
   *
   * @throws CutOffException if what comes next is no longer in the stream
   */
  public Batch read(int most) throws CutOffException, InterruptedException {
    if (live) {
      return readNext(most);
    }
    Duration pause = past.pause();
    if (pause.isPositive()) {
      Thread.sleep(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
      return new Batch();
    }
    looked = 0;
    Batch batch = readNext(most);
    past.charge(Math.max(looked, batch.bytes()));
    return batch;
  }

  private Batch readNext(int most) throws CutOffException, InterruptedException {
    if (selected != null && selected.reach(sequence)) {
      return readSelected(selected, most);
    }
    if (offset == FeedLog.NOT_HELD) {
      offset = log.locate(sequence);
    }
    return offset == FeedLog.NOT_HELD && !live
        ? readHistory(Math.min(most, MOST_OF_HISTORY))
        : readLog(most);
  }

  private Batch readSelected(SelectionReader reader, int most) {
    offset = FeedLog.NOT_HELD;
    Batch batch = reader.read(most, log.head().sequence());
    sequence = reader.sequence();
    live |= reader.isHeld() && reader.isAtEnd();
    return batch;
  }

  private Batch readLog(int most) {
    Batch batch = new Batch();
    if (offset == FeedLog.NOT_HELD) {
      batch.add(leap());
    }
    // Read in this order: all frames up to the head are before the end.
    long head = log.head().sequence();
    long end = log.next();
    long stop = Math.min(end, offset + most);
    while (offset != FeedLog.NOT_HELD && offset < stop) {
      Frame frame = log.get(offset);
      if (frame != null) {
        take(frame, batch);
      } else if (live) {
        batch.add(leap());
      } else {
        offset = FeedLog.NOT_HELD;
      }
    }
    if (offset >= end) {
      sequence = Math.max(sequence, head);
    }
    live |= isAtEnd();
    return batch;
  }

  private Batch readHistory(int most) throws CutOffException, InterruptedException {
    Page page = history.pageAfter(sequence, past);
    if (page == null) {
      return new Batch();
    }
    List<Frame> frames = page.after(sequence, most);
    sequence = frames.size() < most ? page.to() : frames.getLast().sequence();
    Batch batch = new Batch();
    frames.forEach(frame -> pick(frame, batch));
    return batch;
  }

  private void take(Frame frame, Batch batch) {
    offset = frame.offset() + 1;
    sequence = frame.sequence();
    pick(frame, batch);
  }

  /** Also what is left out was looked at. */
  private void pick(Frame frame, Batch batch) {
    looked += frame.wire().length() * (selected != null && selected.isSearch() ? SEARCHING : 1);
    WireFrame picked = selected == null ? frame.wire() : selected.pick(frame);
    if (picked != null) {
      batch.add(picked);
    }
  }

  /** Nothing that is selected came since the last of it: the place is further than that. */
  private void settle() {
    if (selected != null && selected.isHeld()) {
      long head = log.head().sequence();
      if (selected.isAtEnd()) {
        sequence = Math.max(sequence, head);
      }
    }
  }

  /**
   * The place has fallen out of the log: goes on from the oldest frame and says what is missing.
   */
  private WireFrame leap() {
    Frame oldest = log.oldest();
    Position from = position();
    offset = oldest.offset();
    sequence = oldest.sequence() - 1;
    metrics.gaps().increment();
    return WireFrame.of(Frames.gap(from, position()));
  }
}
