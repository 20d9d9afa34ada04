package meower.bench.queue;

import java.util.ArrayDeque;
import java.util.Deque;

/** When a stream had how much, to tell for how long somebody has been behind it. */
final class StreamEnd {

  private final Deque<Seen> seen = new ArrayDeque<>();

  private record Seen(long nanos, long last) {}

  /** Takes note of the sequence that was the last one at that time; each is later than before. */
  void at(long nanos, long last) {
    if (seen.isEmpty() || seen.getLast().last() < last) {
      seen.add(new Seen(nanos, last));
    }
  }

  /** Returns for how many nanoseconds there has been more than up to the place; 0 for no more. */
  long behind(long nanos, long place) {
    return seen.stream()
        .filter(end -> end.last() > place)
        .findFirst()
        .map(end -> nanos - end.nanos())
        .orElse(0L);
  }

  /** Forgets what everybody has got. */
  void forgetUpTo(long place) {
    while (!seen.isEmpty() && seen.getFirst().last() <= place) {
      seen.removeFirst();
    }
  }
}
