package meower.pusher.feed;

import java.util.List;

/**
 * A stretch of the stream's past as every browser gets it: read and encoded once, shared by all who
 * come by.
 *
 * @param after everything after this sequence is here: where the page begins, or behind the last
 *     message in it that the stream no longer holds
 * @param to everything up to this sequence is here
 * @param frames what browsers get of it, in order
 */
record Page(long after, long to, List<Frame> frames) {

  /** How many sequences a page has; one that ends at the head of the stream has fewer. */
  static final int SIZE = 1024;

  Page {
    frames = List.copyOf(frames);
  }

  /** Returns which page has the message that comes right after a sequence. */
  static long numberAfter(long sequence) {
    return sequence / SIZE;
  }

  /** Returns the sequence after which a page begins. */
  static long start(long number) {
    return number * SIZE;
  }

  /** Returns an upper estimate of the memory that the page takes, in bytes. */
  long bytes() {
    return frames.stream().mapToLong(Frame::size).sum();
  }

  /** Returns the first frames after a sequence, at most that many. */
  List<Frame> after(long sequence, int most) {
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
