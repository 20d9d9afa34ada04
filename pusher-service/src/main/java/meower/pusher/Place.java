package meower.pusher;

import java.util.ArrayList;
import java.util.List;
import meower.schema.Position;

/**
 * A reader's place in the {@link FeedLog}: everything before it has been read or was left out.
 *
 * <p>Belongs to one thread.
 */
final class Place {

  private final FeedLog feed;
  private final PusherMetrics metrics;
  private long offset;
  private long sequence;

  Place(FeedLog feed, PusherMetrics metrics) {
    this.feed = feed;
    this.metrics = metrics;
  }

  /** Returns the position up to which the reader has seen the feed. */
  Position position() {
    return feed.at(sequence);
  }

  /** Goes behind the newest frame: what is appended from now on is read. */
  void moveToHead() {
    do {
      sequence = feed.head().sequence();
      // The log may have moved on by more than it holds since the line above.
      offset = feed.locate(sequence);
    } while (offset == FeedLog.NOT_HELD);
  }

  /** Goes right behind a sequence; returns false when not everything after it is held. */
  boolean moveBehind(long wanted) {
    sequence = wanted;
    offset = feed.locate(wanted);
    return offset != FeedLog.NOT_HELD;
  }

  boolean isAtEnd() {
    return feed.next() == offset;
  }

  /** Returns the texts of what comes next, none at the end, and moves behind them. */
  List<String> read(int most) {
    long end = Math.min(feed.next(), offset + most);
    List<String> texts = new ArrayList<>((int) Math.max(0, end - offset));
    while (offset < end) {
      Frame frame = feed.get(offset);
      texts.add(frame == null ? leap() : take(frame));
    }
    return texts;
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
    Frame oldest = feed.oldest();
    Position from = position();
    offset = oldest.offset();
    sequence = oldest.sequence() - 1;
    metrics.gaps().increment();
    return Frames.gap(from, position());
  }
}
