package meower.query.head;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import meower.query.meow.EncodedMeow;
import meower.query.view.PageRequest;
import meower.query.view.TimelineRequest;
import meower.schema.MeowId;
import meower.schema.Position;
import meower.search.SearchedText;
import org.jspecify.annotations.Nullable;

/**
 * The newest meows of one epoch of the stream, ready to be sent, in a window of fixed size.
 *
 * <p>One thread writes; any number of threads read without locks. A page shows what was there up to
 * a position, whatever is appended meanwhile; a text of it may be newer. When a part of it falls
 * out of the window while it is made, there is no page.
 *
 * <p>A meow that was deleted keeps its place, so that pages can begin there, and is on none.
 *
 * <p>Invariants: offsets have no holes; entries {@code [first, next)} are held; every meow up to
 * {@code head} that is not older than the oldest entry is held, as the events up to {@code head}
 * have left it.
 */
final class NewestMeows {

  private static final long NOT_HELD = -1;

  /** So many events are remembered at most: to look through them is to cost less than to ask. */
  private static final int MOST_CHANGES = 1_024;

  private final Position start;
  private final AtomicReferenceArray<@Nullable Entry> ring;
  private final Map<String, Long> offsets = new ConcurrentHashMap<>();
  private final RecentChanges changes;
  private volatile boolean whole;
  private volatile long first;
  private volatile long next;
  private volatile long head;

  /** Nothing is held of what is up to here; for the thread that writes. */
  private long below;

  /**
   * A meow that is held.
   *
   * @param sequence that of its first event
   * @param latest what the latest one has made of it
   */
  private record Entry(long offset, long sequence, MeowChange latest) {

    EncodedMeow meow() {
      return latest.meow();
    }
  }

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
    this.changes = new RecentChanges(start.sequence(), Math.min(size, MOST_CHANGES));
    this.head = start.sequence();
    this.below = start.sequence();
    this.whole = whole;
  }

  /**
   * Takes the next event. Called by one thread only.
   *
   * @param sequence that of the event
   * @param place that of the meow's first event
   * @param meow as the event leaves it
   */
  void take(long sequence, long place, EncodedMeow meow) {
    MeowChange change = new MeowChange(sequence, meow);
    Entry held = get(offsetOf(meow.id()));
    if (held != null) {
      replace(held, change);
    } else if (place == sequence) {
      append(change);
    } else if (place > below && !meow.isDeleted()) {
      forgetUpTo(place);
    }
    changes.add(change);
    // Last: whoever sees the new head must find the meow.
    head = sequence;
  }

  private void replace(Entry held, MeowChange change) {
    if (change.meow().revision() > held.meow().revision()) {
      ring.set(slot(held.offset()), new Entry(held.offset(), held.sequence(), change));
    }
  }

  private void append(MeowChange change) {
    if (ring.length() == 0) {
      whole = false;
      return;
    }
    long offset = next;
    Entry oldest = ring.get(slot(offset));
    if (oldest != null) {
      drop(oldest);
    }
    ring.set(slot(offset), new Entry(offset, change.sequence(), change));
    offsets.put(change.id(), offset);
    next = offset + 1;
  }

  /** A meow that was to be at the place is not: what is above it is all that can be vouched for. */
  private void forgetUpTo(long place) {
    whole = false;
    Entry oldest = get(first);
    while (oldest != null && oldest.sequence() <= place) {
      drop(oldest);
      oldest = get(first);
    }
    below = Math.max(below, place);
  }

  private void drop(Entry oldest) {
    // In this order: who sees the new first sees that it is not the very first.
    whole = false;
    first = oldest.offset() + 1;
    offsets.remove(oldest.meow().id(), oldest.offset());
    ring.set(slot(oldest.offset()), null);
    below = oldest.sequence();
  }

  /**
   * Moves on past something in the stream that is no event, or a repeated one. Called by the same
   * thread.
   */
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

  /** Returns the meow, or what is left of it, or nothing when it is not held. */
  Optional<EncodedMeow> find(MeowId id) {
    return Optional.ofNullable(get(offsetOf(id))).map(Entry::meow);
  }

  /** Returns those of the meows that are held, and up to where the stream was seen before. */
  HeldMeows find(List<MeowId> ids) {
    Position position = head();
    Map<MeowId, EncodedMeow> held = new HashMap<>();
    ids.forEach(id -> find(id).ifPresent(meow -> held.put(id, meow)));
    return new HeldMeows(position, held);
  }

  /**
   * Returns the newest meows up to a position that are wanted, newest first; nothing when not so
   * many of them are held.
   *
   * @param count how many
   */
  Optional<List<SearchedMeow>> find(Position end, int count, Predicate<SearchedText> wanted) {
    Position seen = head();
    if (!seen.epoch().equals(end.epoch()) || seen.sequence() < end.sequence()) {
      return Optional.empty();
    }
    List<SearchedMeow> found = new ArrayList<>();
    long offset = endOf(end.sequence(), next);
    while (found.size() < count) {
      offset--;
      Entry entry = get(offset);
      if (entry == null) {
        return Optional.empty();
      }
      if (!entry.meow().isDeleted() && wanted.test(entry.latest().toSearch().text())) {
        found.add(entry.latest().toSearch());
      }
    }
    return Optional.of(found);
  }

  /**
   * Returns up to where the stream was seen, when that is a position at least, and nothing concerns
   * something of what came after another one; else nothing.
   */
  Optional<Position> untouched(Position since, Position end, Predicate<MeowChange> concerns) {
    Position seen = head();
    return seen.epoch().equals(since.epoch())
            && seen.epoch().equals(end.epoch())
            && seen.sequence() >= end.sequence()
            && changes.isUntouched(since.sequence(), concerns)
        ? Optional.of(seen)
        : Optional.empty();
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
    Optional<List<EncodedMeow>> read = read(request.page(), top - 1, bottom - 1, -1);
    int take = request.page().take();
    return read.filter(meows -> !open || meows.size() > take)
        .map(meows -> page(position, meows, take));
  }

  private Optional<NewestPage> upwards(TimelineRequest request, Position position, long end) {
    long after = request.after().map(this::offsetOf).orElse(NOT_HELD);
    if (after == NOT_HELD) {
      return Optional.empty();
    }
    return read(request.page(), after + 1, end, 1)
        .map(meows -> page(position, meows, request.page().take()))
        .map(page -> new NewestPage(position, page.meows().reversed(), page.more()));
  }

  private static NewestPage page(Position position, List<EncodedMeow> meows, int take) {
    boolean more = meows.size() > take;
    return new NewestPage(position, more ? meows.subList(0, take) : meows, more);
  }

  private long offsetOf(MeowId id) {
    return offsetOf(id.value());
  }

  private long offsetOf(String id) {
    Long offset = offsets.get(id);
    return offset == null ? NOT_HELD : offset;
  }

  /**
   * Returns the meows from one offset until another, without those that were deleted, and one more
   * than wanted if there is one; nothing when not all of them are held.
   */
  private Optional<List<EncodedMeow>> read(PageRequest wanted, long from, long until, int step) {
    List<EncodedMeow> meows = new ArrayList<>();
    int skip = wanted.skip();
    for (long offset = from;
        (until - offset) * step > 0 && meows.size() <= wanted.take();
        offset += step) {
      Entry entry = get(offset);
      if (entry == null) {
        return Optional.empty();
      }
      if (!entry.meow().isDeleted() && skip-- <= 0) {
        meows.add(entry.meow());
      }
    }
    return Optional.of(meows);
  }

  private @Nullable Entry get(long offset) {
    Entry entry = offset < first || offset >= next ? null : ring.get(slot(offset));
    return entry != null && entry.offset() == offset ? entry : null;
  }

  private int slot(long offset) {
    return (int) (offset % ring.length());
  }
}
