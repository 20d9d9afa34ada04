package meower.operations.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Compares a copy with Postgres, range by range, all three read at the same time.
 *
 * <p>Where the checksums of a range agree nothing more is asked; else it is compared one by one, as
 * are all meows that were edited or deleted. What is read ahead is bounded, however many meows
 * there are.
 */
final class Audit implements AutoCloseable {

  private static final int RANGE = 10_000;
  private static final int AHEAD = 3;

  /** Where differences go, and what has been compared. */
  interface Listener {

    void on(String where, List<Difference> differences, List<Entry> parked) throws Exception;
  }

  /** Returns what a copy should have of a meow within a range. */
  @FunctionalInterface
  interface View {
    Expectation of(Life life, Range range);
  }

  /** A copy and how far it is compared. */
  record Subject(String where, Copy copy, View view, long to, Set<Long> parked) {

    Range part(Range range) {
      return new Range(range.after(), Math.clamp(to, range.after(), range.to()));
    }
  }

  private record Reading(Range range, Future<Ledger.Said> said, List<Future<List<Found>>> found) {}

  private final Ledger ledger;
  private final Present present;
  private final List<Subject> subjects;
  private final ExecutorService database = Executors.newSingleThreadExecutor();
  private final List<ExecutorService> readers = new ArrayList<>();

  Audit(Ledger ledger, Present present, List<Subject> subjects) {
    this.ledger = ledger;
    this.present = present;
    this.subjects = subjects;
    subjects.forEach(subject -> readers.add(Executors.newSingleThreadExecutor()));
  }

  /** Returns the range of usual size that begins behind a sequence. */
  static Range firstAfter(long sequence) {
    return new Range(sequence, sequence + RANGE);
  }

  /**
   * Compares all of it.
   *
   * @return how many ranges
   */
  int run(Listener listener) throws Exception {
    Queue<Reading> ahead = new ArrayDeque<>();
    int ranges = 0;
    for (long after = 0; after < ledger.last(); after += RANGE) {
      ahead.add(read(new Range(after, Math.min(after + RANGE, ledger.last()))));
      ranges++;
      if (ahead.size() > AHEAD) {
        compare(ahead.remove(), listener);
      }
    }
    while (!ahead.isEmpty()) {
      compare(ahead.remove(), listener);
    }
    return ranges;
  }

  @Override
  public void close() {
    database.shutdownNow();
    readers.forEach(ExecutorService::shutdownNow);
  }

  private Reading read(Range range) {
    List<Future<List<Found>>> found = new ArrayList<>();
    for (int i = 0; i < subjects.size(); i++) {
      Subject subject = subjects.get(i);
      found.add(readers.get(i).submit(() -> subject.copy().next(subject.part(range))));
    }
    return new Reading(range, database.submit(() -> ledger.said(range)), found);
  }

  private void compare(Reading reading, Listener listener) throws Exception {
    for (int i = 0; i < subjects.size(); i++) {
      Subject subject = subjects.get(i);
      List<Found> found = result(reading.found().get(i));
      Ledger.Said said = result(reading.said());
      Range part = subject.part(reading.range());
      Expectation touched =
          Expectation.ofAll(
              said.touched().stream().map(life -> subject.view().of(life, part)).toList());
      if (!agree(said.untouched(), touched, found)) {
        report(subject, part, touched, found, listener);
      }
    }
  }

  /** What nobody has touched since it was posted is compared in short. */
  private static boolean agree(Checksum untouched, Expectation touched, List<Found> found) {
    Set<Long> places = touched.places();
    List<Found> ofTouched = found.stream().filter(f -> places.contains(f.place())).toList();
    List<Found> ofUntouched = found.stream().filter(f -> !places.contains(f.place())).toList();
    return Checksum.of(ofUntouched).equals(untouched)
        && Comparison.of("", touched.entries(), touched.settled(ofTouched)).isEmpty();
  }

  private void report(
      Subject subject, Range part, Expectation touched, List<Found> found, Listener listener)
      throws Exception {
    Expectation expected = touched.with(result(submit(() -> ledger.untouched(part))));
    List<Difference> differences =
        Comparison.of(subject.where(), expected.entries(), expected.settled(found));
    Map<String, Present.Standing> then =
        result(submit(() -> ledger.standings(Present.ids(differences))));
    List<Difference> settled = new ArrayList<>(present.settled(differences, then));
    List<Entry> parked = new ArrayList<>();
    settled.removeIf(difference -> isParked(difference, subject, parked));
    listener.on(subject.where(), settled, parked);
  }

  /** A document may be as it was before an event that is parked. */
  private static boolean isParked(Difference difference, Subject subject, List<Entry> parked) {
    Entry expected = difference.expected();
    if (expected != null
        && subject.parked().contains(expected.sequence())
        && (difference.kind() == Finding.Kind.MISSING || isOlder(difference.found(), expected))) {
      parked.add(expected);
      return true;
    }
    return false;
  }

  private static boolean isOlder(@Nullable Found found, Entry expected) {
    Entry entry = found == null ? null : found.entry();
    return entry != null
        && entry.place() == expected.place()
        && entry.sequence() < expected.sequence();
  }

  private <T> Future<T> submit(Callable<T> work) {
    return database.submit(work);
  }

  private static <T> T result(Future<T> future) throws Exception {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }
}
