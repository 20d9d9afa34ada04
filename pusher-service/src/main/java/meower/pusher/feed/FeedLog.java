package meower.pusher.feed;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.LongStream;
import meower.pusher.frame.Frame;
import meower.pusher.frame.FrameMemory;
import meower.pusher.frame.WireFrame;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;

/**
 * The newest frames of one epoch of the stream, in its order, in a bounded window of memory.
 *
 * <p>One thread appends; any number of threads read without locks. Whoever reads remembers the
 * offset of the next frame and nothing else, so that a slow reader costs nothing: it finds its
 * frame gone and goes on from the {@link #oldest()}.
 *
 * <p>Invariants: offsets have no holes; frames {@code [first, next)} are held; every frame after
 * the sequence {@code floor} and up to {@code head} is held; the newest frame is never dropped.
 *
 * <p>A frame that was blanked keeps its offset, and readers pass it. Who looks it up later than
 * that does not get its text; who did so before may be about to write it.
 */
final class FeedLog {

  /** What {@link #locate} returns when not everything after the sequence is held. */
  static final long NOT_HELD = -1;

  private final Position start;
  private final long maxBytes;
  private final Listener listener;
  private final AtomicReferenceArray<@Nullable Frame> ring;
  private volatile long bytes;
  private volatile long first;
  private volatile long next;
  private volatile long floor;
  private volatile long head;

  /** Hears what a log lets go of. */
  interface Listener {

    /** A frame has fallen out of the window. */
    void dropped(long sequence, FeedLog log);
  }

  /** Begins an empty log that nobody listens to; see the other constructor. */
  FeedLog(Position start, int maxFrames, long maxBytes) {
    this(start, maxFrames, maxBytes, (_, _) -> {});
  }

  /**
   * Begins an empty log.
   *
   * @param start where the stream stands: the first frame will come after it
   * @param maxFrames the most frames that are held, at least 1
   * @param maxBytes the most memory that they take; a larger frame is held alone
   */
  FeedLog(Position start, int maxFrames, long maxBytes, Listener listener) {
    this.start = start;
    this.maxBytes = maxBytes;
    this.listener = listener;
    this.ring = new AtomicReferenceArray<>(maxFrames);
    this.floor = start.sequence();
    this.head = start.sequence();
  }

  /** Adds the frame of the next meow that was created; see the other method. */
  void append(long sequence, WireFrame wire, List<String> topics) {
    append(sequence, Frame.Kind.CREATED, wire, topics);
  }

  /**
   * Adds the frame of the next event. Called by one thread only.
   *
   * @throws IllegalArgumentException if the sequence is not after the {@link #head()}
   */
  void append(long sequence, Frame.Kind kind, WireFrame wire, List<String> topics) {
    requireNew(sequence);
    Frame frame = new Frame(next, sequence, kind, wire, topics);
    makeRoomFor(frame);
    ring.set(slot(frame.offset()), frame);
    use(frame.size());
    next = frame.offset() + 1;
    // Last: whoever sees the new head must find the frame.
    head = sequence;
  }

  /**
   * Moves on past something in the stream that no browser gets. Called by the appending thread.
   *
   * @throws IllegalArgumentException if the sequence is not after the {@link #head()}
   */
  void skip(long sequence) {
    requireNew(sequence);
    head = sequence;
  }

  /**
   * Takes the text of a meow out of the frame with a sequence, if there is one here. Called by the
   * appending thread.
   *
   * @param memory where the frames lie, or others like them
   */
  void blank(long sequence, FrameMemory memory) {
    Frame frame = find(sequence);
    if (frame != null && frame.hasText()) {
      blank(frame, memory);
    }
  }

  private @Nullable Frame find(long sequence) {
    if (sequence <= floor || sequence > head) {
      return null;
    }
    Frame frame = get(offsetAfter(sequence - 1));
    return frame != null && frame.sequence() == sequence ? frame : null;
  }

  /** The frames beside it move away from its bytes, which go with the last reader of them. */
  private void blank(Frame frame, FrameMemory memory) {
    List<Frame> piece = piece(frame);
    List<Frame> without =
        piece.stream().map(f -> f.offset() == frame.offset() ? f.blanked() : f).toList();
    List<WireFrame> moved = memory.move(without.stream().map(Frame::wire).toList());
    for (int i = 0; i < moved.size(); i++) {
      Frame other = without.get(i);
      ring.set(slot(other.offset()), other.in(moved.get(i)));
    }
    use(-frame.size() + frame.blanked().size());
  }

  /** Returns all frames that lie in the same memory, in order. */
  private List<Frame> piece(Frame frame) {
    long offset = frame.offset();
    while (offset > first && isBeside(frame, offset - 1)) {
      offset--;
    }
    List<Frame> piece = new ArrayList<>();
    for (; offset < next && isBeside(frame, offset); offset++) {
      piece.add(requireNonNull(get(offset)));
    }
    return piece;
  }

  private boolean isBeside(Frame frame, long offset) {
    return frame.wire().isBeside(requireNonNull(get(offset)).wire());
  }

  /** Returns the position up to which the log has seen the stream. */
  Position head() {
    return start.at(head);
  }

  /** Returns a position of the log's epoch. */
  Position at(long sequence) {
    return start.at(sequence);
  }

  /** Returns the offset that the next frame will get. */
  long next() {
    return next;
  }

  /** Returns how many frames are held. */
  long size() {
    return next - first;
  }

  /** Returns an upper estimate of the memory that the held frames take. */
  long bytes() {
    return bytes;
  }

  /** Returns the frame, or null when it has fallen out of the window or is not there yet. */
  @Nullable Frame get(long offset) {
    Frame frame = ring.get(slot(offset));
    return frame != null && frame.offset() == offset ? frame : null;
  }

  /** Returns the sequences of the frames that are held. Called by the appending thread. */
  LongStream sequences() {
    return LongStream.range(first, next).map(offset -> requireNonNull(get(offset)).sequence());
  }

  /** Returns the oldest frame that is held; only for a reader that has found its own frame gone. */
  Frame oldest() {
    while (true) {
      Frame frame = get(first);
      if (frame != null) {
        return frame;
      }
      // The window moves on this very moment.
      Thread.onSpinWait();
    }
  }

  /**
   * Finds where a reader that has everything up to a sequence goes on.
   *
   * @return the offset of the first frame after the sequence, or {@link #NOT_HELD}
   */
  long locate(long sequence) {
    return sequence > head ? NOT_HELD : offsetAfter(sequence);
  }

  /**
   * Finds where a reader goes on that has everything up to a sequence, which may be after the last
   * one of this log when another one is known to be so far.
   *
   * @return the offset of the first frame after the sequence, or {@link #NOT_HELD}
   */
  long offsetAfter(long sequence) {
    long low = first;
    long high = next;
    while (low < high) {
      long middle = (low + high) >>> 1;
      Frame frame = get(middle);
      // A frame that fell out meanwhile counts as an older one; the floor decides at the end.
      if (frame == null || frame.sequence() <= sequence) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return sequence >= floor ? low : NOT_HELD;
  }

  private void makeRoomFor(Frame frame) {
    while (first < next && (size() >= ring.length() || bytes + frame.size() > maxBytes)) {
      Frame oldest = oldest();
      floor = oldest.sequence();
      ring.set(slot(oldest.offset()), null);
      use(-oldest.size());
      first = oldest.offset() + 1;
      listener.dropped(oldest.sequence(), this);
    }
  }

  /** Only the appending thread writes, so that nothing is lost between reading and writing. */
  private void use(long difference) {
    long used = bytes;
    bytes = used + difference;
  }

  private void requireNew(long sequence) {
    if (sequence <= head) {
      throw new IllegalArgumentException("sequence " + sequence + " is not after " + head);
    }
  }

  private int slot(long offset) {
    return (int) (offset % ring.length());
  }
}
