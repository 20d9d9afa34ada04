package meower.program.presence;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The newest changes of one program, encoded once for all streams. Not for several threads at once.
 */
final class RecentChanges {

  private final int most;
  private final Deque<Told> held = new ArrayDeque<>();
  private long from;
  private long head;

  /**
   * A change, as it is told.
   *
   * @param event whole, as it goes over the wire
   */
  record Told(long version, String event) {}

  /**
   * What comes next for a reader.
   *
   * @param version up to which it has everything then
   * @param events one behind the other; empty if there are none
   */
  record Next(long version, String events) {}

  /**
   * @param version everything after it is going to be added
   * @param most how many are held
   */
  RecentChanges(long version, int most) {
    this.from = version;
    this.head = version;
    this.most = most;
  }

  /** Returns the version up to which everything was added. */
  long head() {
    return head;
  }

  /** Adds what comes after {@link #head()}, in order. */
  void add(List<Told> changes) {
    for (Told change : changes) {
      held.add(change);
      head = change.version();
    }
    while (held.size() > most) {
      from = held.remove().version();
    }
  }

  /** Begins anew behind another version: of what was before nobody knows whether it is all. */
  void restart(long version) {
    held.clear();
    from = version;
    head = version;
  }

  /**
   * Returns what comes after a version, at most so many; nothing if it is not held any more.
   *
   * @param position from {@link #head()} on there is nothing yet
   */
  Optional<Next> after(long position, int atOnce) {
    if (position < from) {
      return Optional.empty();
    }
    List<Told> next =
        held.stream().filter(change -> change.version() > position).limit(atOnce).toList();
    return Optional.of(
        next.isEmpty()
            ? new Next(position, "")
            : new Next(
                next.getLast().version(),
                next.stream().map(Told::event).collect(Collectors.joining())));
  }
}
