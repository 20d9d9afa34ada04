package meower.query.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import meower.schema.MeowId;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;

/**
 * The newest meows of one epoch of the stream, ready to be sent, in a window of fixed size.
 *
 * <p>One thread appends; any number of threads read without locks. A page shows what was there up
 * to a position, whatever is appended meanwhile; when a part of it falls out of the window while it
 * is made, there is no page.
 *
 * <p>Invariants: offsets have no holes; entries {@code [first, next)} are held; every meow up to
 * {@code head} that is not older than the oldest entry is held.
 */
final class NewestMeows {

  private static final long NOT_HELD = -1;

  private final Position start;
  private final AtomicReferenceArray<@Nullable Entry> ring;
  private final Map<String, Long> offsets = new ConcurrentHashMap<>();
  private volatile boolean whole;
  private volatile long first;
  private volatile long next;
  private volatile long head;

  private record Entry(long offset, long sequence, EncodedMeow meow) {}

  /**
   * Begins an empty window.
   *
   * @param start what is appended comes after it
   * @param size the most meows that are held; 0 for none
   * @param whole whether there are no meows before
   */
  NewestMeows(Position start, int size, boolean whole) {
    this.start = start;
    this.ring = new AtomicReferenceArray<>(size);
    this.head = start.sequence();
    this.whole = whole;
  }

  /** Adds the next meow. Called by one thread only. */
  void append(long sequence, EncodedMeow meow) {
    if (ring.length() > 0) {
      hold(sequence, meow);
    } else {
      whole = false;
    }
    // Last: whoever sees the new head must find the meow.
    head = sequence;
  }

  private void hold(long sequence, EncodedMeow meow) {
    long offset = next;
    Entry oldest = ring.get(slot(offset));
    if (oldest != null) {
      // In this order: who sees the new first sees that it is not the very first.
      whole = false;
      first = oldest.offset() + 1;
      offsets.remove(oldest.meow().id(), oldest.offset());
    }
    ring.set(slot(offset), new Entry(offset, sequence, meow));
    offsets.put(meow.id(), offset);
    next = offset + 1;
  }

  /** Moves on past something in the stream that is no new meow. Called by the same thread. */
  void skip(long sequence) {
    head = sequence;
  }

  /** Returns up to where the stream has been seen. */
  Position head() {
    return start.at(head);
  }

  /** Returns the page, or nothing when not all of it is held. */
  Optional<NewestPage> page(TimelineRequest request) {
    // In this order: all meows up to the position are before the end.
    Position position = head();
    long end = endOf(position.sequence(), next);
    return request.upwards() ? upwards(request, position, end) : downwards(request, position, end);
  }

  /** Returns the meow, or nothing when it is not held. */
  Optional<EncodedMeow> find(MeowId id) {
    return Optional.ofNullable(get(offsetOf(id))).map(Entry::meow);
  }

  /** What was appended since the position was read does not belong to the page. */
  private long endOf(long sequence, long seen) {
    long end = seen;
    Entry last = get(end - 1);
    while (last != null && last.sequence() > sequence) {
      end--;
      last = get(end - 1);
    }
    return end;
  }

  private Optional<NewestPage> downwards(TimelineRequest request, Position position, long end) {
    long top = request.before().map(this::offsetOf).orElse(end);
    boolean bounded = request.after().isPresent();
    long bottom = request.after().map(id -> offsetOf(id) + 1).orElse(first);
    boolean open = !bounded && !whole;
    if (top == NOT_HELD || top > end || (bounded && bottom == NOT_HELD + 1)) {
      return Optional.empty();
    }
    long from = top - request.page().skip();
    long to = from - request.page().take();
    if (open && to <= bottom) {
      return Optional.empty();
    }
    return read(Math.max(to, bottom), from)
        .map(meows -> new NewestPage(position, meows.reversed(), to > bottom));
  }

  private Optional<NewestPage> upwards(TimelineRequest request, Position position, long end) {
    long after = request.after().map(this::offsetOf).orElse(NOT_HELD);
    if (after == NOT_HELD) {
      return Optional.empty();
    }
    long from = after + 1 + request.page().skip();
    long to = from + request.page().take();
    return read(from, Math.min(to, end))
        .map(meows -> new NewestPage(position, meows.reversed(), to < end));
  }

  private long offsetOf(MeowId id) {
    Long offset = offsets.get(id.value());
    return offset == null ? NOT_HELD : offset;
  }

  /** Returns the meows from one offset up to another, oldest first. */
  private Optional<List<EncodedMeow>> read(long from, long to) {
    List<EncodedMeow> meows = new ArrayList<>();
    for (long offset = from; offset < to; offset++) {
      Entry entry = get(offset);
      if (entry == null) {
        return Optional.empty();
      }
      meows.add(entry.meow());
    }
    return Optional.of(meows);
  }

  private @Nullable Entry get(long offset) {
    Entry entry = offset < 0 ? null : ring.get(slot(offset));
    return entry != null && entry.offset() == offset ? entry : null;
  }

  private int slot(long offset) {
    return (int) (offset % ring.length());
  }
}
