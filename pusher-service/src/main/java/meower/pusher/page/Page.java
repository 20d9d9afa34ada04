package meower.pusher.page;

import java.util.List;
import java.util.function.LongPredicate;
import meower.pusher.frame.Frame;
import meower.pusher.frame.FrameMemory;

/**
 * A stretch of the stream's past as every browser gets it: read and encoded once, shared by all who
 * come by.
 *
 * @param after everything after this sequence is here, but for what was erased: where the page
 *     begins, or, if that is later, where the stream does
 * @param to everything up to this sequence is here
 * @param frames what browsers get of it, in order
 */
public record Page(long after, long to, List<Frame> frames) {

  /** How many sequences a page has; one that ends at the head of the stream has fewer. */
  static final int SIZE = 1024;

  public Page {
    frames = List.copyOf(frames);
  }

  /** Returns which page has the message that comes right after a sequence. */
  public static long numberAfter(long sequence) {
    return sequence / SIZE;
  }

  /** Returns the sequence after which a page begins. */
  static long start(long number) {
    return number * SIZE;
  }

  /** Tells whether one of the sequences has a text here that a deletion takes back. */
  boolean hasTextOf(List<Long> sequences) {
    return sequences.stream()
        .flatMap(sequence -> after(sequence - 1, 1).stream())
        .anyMatch(frame -> frame.hasText() && sequences.contains(frame.sequence()));
  }

  /** Returns the page without the texts that were erased. */
  Page without(LongPredicate erased) {
    List<Frame> kept =
        frames.stream()
            .filter(frame -> !frame.hasText() || !erased.test(frame.sequence()))
            .toList();
    if (kept.size() == frames.size()) {
      return this;
    }
    return of(after, to, kept);
  }

  /** Returns a page whose frames lie in memory of its own, one behind the other. */
  static Page of(long after, long to, List<Frame> frames) {
    FrameMemory memory = new FrameMemory();
    return new Page(
        after, to, frames.stream().map(frame -> frame.in(memory.add(frame.wire()))).toList());
  }

  /** Returns an upper estimate of the memory that the page takes, in bytes. */
  long bytes() {
    return frames.stream().mapToLong(Frame::size).sum();
  }

  /** Returns the first frames after a sequence, at most that many. */
  public List<Frame> after(long sequence, int most) {
    int from = 0;
    int end = frames.size();
    while (from < end) {
      int middle = (from + end) >>> 1;
      if (frames.get(middle).sequence() <= sequence) {
        from = middle + 1;
      } else {
        end = middle;
      }
    }
    return frames.subList(from, Math.min(frames.size(), from + most));
  }
}
