package meower.operations.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Compares a copy with Postgres, range by range, all three read at the same time.
 *
 * <p>Where the checksums of a range agree nothing more is asked; else it is compared meow by meow.
 * What is read ahead is bounded, however many meows there are.
 */
final class Audit implements AutoCloseable {

  private static final int RANGE = 10_000;
  private static final int AHEAD = 3;

  /** Where differences go, and what has been compared. */
  interface Listener {

    void on(String where, List<Difference> differences, List<Entry> parked) throws Exception;
  }

  /** A copy and how far it is compared. */
  record Subject(String where, Copy copy, long to, Set<Long> parked) {}

  private record Reading(Range range, Future<Checksum> expected, List<Future<List<Found>>> found) {}

  private final Ledger ledger;
  private final List<Subject> subjects;
  private final ExecutorService database = Executors.newSingleThreadExecutor();
  private final List<ExecutorService> readers = new ArrayList<>();

  Audit(Ledger ledger, List<Subject> subjects) {
    this.ledger = ledger;
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
      Range part = new Range(range.after(), Math.clamp(subject.to(), range.after(), range.to()));
      found.add(readers.get(i).submit(() -> subject.copy().next(part)));
    }
    return new Reading(range, database.submit(() -> ledger.checksum(range)), found);
  }

  private void compare(Reading reading, Listener listener) throws Exception {
    for (int i = 0; i < subjects.size(); i++) {
      Subject subject = subjects.get(i);
      List<Found> found = result(reading.found().get(i));
      if (!Checksum.of(found).equals(result(reading.expected()))) {
        report(subject, reading.range(), found, listener);
      }
    }
  }

  private void report(Subject subject, Range range, List<Found> found, Listener listener)
      throws Exception {
    List<Entry> expected = result(submit(() -> ledger.entries(range)));
    List<Difference> differences =
        new ArrayList<>(
            Comparison.of(
                subject.where(),
                expected.stream().filter(e -> e.sequence() <= subject.to()).toList(),
                found));
    List<Entry> parked = new ArrayList<>();
    differences.removeIf(difference -> isParked(difference, subject, parked));
    listener.on(subject.where(), differences, parked);
  }

  private static boolean isParked(Difference difference, Subject subject, List<Entry> parked) {
    Entry expected = difference.expected();
    if (difference.kind() == Difference.Kind.MISSING
        && expected != null
        && subject.parked().contains(expected.sequence())) {
      parked.add(expected);
      return true;
    }
    return false;
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
