package meower.pusher;

import java.util.ArrayList;
import java.util.List;
import meower.schema.Position;

/**
 * A reader's place in the feed: everything before it has been read or was left out.
 *
 * <p>One that begins further back than the {@link FeedLog} walks through the pages of the {@link
 * History} until it reaches the log. From the moment at which it has been at the end it is live:
 * when it then falls out of the log, what is missing is left out, because to read it again for each
 * slow reader would have no bound.
 *
 * <p>Belongs to one thread.
 */
final class Place {

  /** What a reader that is stuck holds of the past; nobody else may hold the same any more. */
  private static final int MOST_OF_HISTORY = 64;

  private final FeedLog log;
  private final History history;
  private final PusherMetrics metrics;
  private long offset;
  private long sequence;
  private boolean live;

  Place(Feed feed, PusherMetrics metrics) {
    this.log = feed.log();
    this.history = feed.history();
    this.metrics = metrics;
  }

  /** Returns the position up to which the reader has seen the feed. */
  Position position() {
    return log.at(sequence);
  }

  /** Goes behind the newest frame: what is appended from now on is read. */
  void moveToHead() {
    live = true;
    do {
      sequence = log.head().sequence();
      // The log may have moved on by more than it holds since the line above.
      offset = log.locate(sequence);
    } while (offset == FeedLog.NOT_HELD);
  }

  /** Goes right behind a sequence; returns false when not everything after it can be had. */
  boolean moveBehind(long wanted) {
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

  boolean isAtEnd() {
    return log.next() == offset;
  }

  /**
   * Returns the texts of what comes next and moves behind them. There are none at the end, and when
   * the past could not be had within a moment.
   *
   * @throws CutOffException if what comes next is no longer in the stream
   */
  List<String> read(int most) throws CutOffException, InterruptedException {
    if (offset == FeedLog.NOT_HELD) {
      offset = log.locate(sequence);
    }
    return offset == FeedLog.NOT_HELD
        ? readHistory(Math.min(most, MOST_OF_HISTORY))
        : readLog(most);
  }

  private List<String> readLog(int most) {
    long end = Math.min(log.next(), offset + most);
    List<String> texts = new ArrayList<>((int) Math.max(0, end - offset));
    while (offset != FeedLog.NOT_HELD && offset < end) {
      Frame frame = log.get(offset);
      if (frame != null) {
        texts.add(take(frame));
      } else if (live) {
        texts.add(leap());
      } else {
        offset = FeedLog.NOT_HELD;
      }
    }
    live |= isAtEnd();
    return texts;
  }

  private List<String> readHistory(int most) throws CutOffException, InterruptedException {
    Page page = history.pageAfter(sequence);
    if (page == null) {
      return List.of();
    }
    List<Frame> frames = page.after(sequence, most);
    sequence = frames.size() < most ? page.to() : frames.getLast().sequence();
    return frames.stream().map(Frame::text).toList();
  }

  private String take(Frame frame) {
    offset = frame.offset() + 1;
    sequence = frame.sequence();
    return frame.text();
  }

  /**
   * The place has fallen out of the log: goes on from the oldest frame and says what is missing.
   */
  private String leap() {
    Frame oldest = log.oldest();
    Position from = position();
    offset = oldest.offset();
    sequence = oldest.sequence() - 1;
    metrics.gaps().increment();
    return Frames.gap(from, position());
  }
}
