package meower.operations.audit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Compares copies with Postgres, range by range, all of them asked at the same time.
 *
 * <p>Where the checksums of a range agree nothing more is asked; else it is compared one by one, as
 * are all meows that were edited or deleted. What is read ahead is bounded, however many meows
 * there are.
 *
 * <p>Meows change while they are audited, and each answer is true at a moment of its own. So what
 * seems to differ is read once more, between two looks at all that has happened to its meow: it
 * differs if both looks show the same.
 */
final class Audit implements AutoCloseable {

  private static final int RANGE = 10_000;
  private static final int AHEAD = 3;

  /** A copy of what happened to meows that is compared with Postgres. */
  interface Copy {

    /**
     * Tells whether the copy holds in a range what it should; one thread at a time asks, in the
     * order of the ranges.
     *
     * @param untouched sums up the meows that nobody has touched since they were posted
     * @param changed what it should have of the others
     */
    boolean agrees(Range range, Checksum untouched, Expectation changed) throws Exception;

    /** Returns everything in any range as it is now. */
    List<Found> read(Range range) throws Exception;
  }

  /** Where differences go. */
  interface Listener {

    void on(Difference.Where where, List<Difference> differences, List<Entry> parked)
        throws Exception;
  }

  /** Returns what a copy should have of a meow within a range. */
  @FunctionalInterface
  interface View {
    Expectation of(Life life, Range range);
  }

  /** A copy and how far it is compared. */
  record Subject(Difference.Where where, Copy copy, View view, long to, Set<Long> parked) {

    Range part(Range range) {
      return new Range(range.after(), Math.clamp(to, range.after(), range.to()));
    }

    Expectation expected(List<Life> lives, Range part) {
      return Expectation.ofAll(lives.stream().map(life -> view.of(life, part)).toList());
    }
  }

  /** What Postgres says of a range in short. */
  private record Said(Checksum untouched, List<Life> changed) {}

  private record Reading(Range range, List<Future<Boolean>> agreements) {}

  private final LedgerView ledger;
  private final long last;
  private final List<Subject> subjects;
  private final ExecutorService database = Executors.newSingleThreadExecutor();
  private final List<ExecutorService> readers = new ArrayList<>();

  Audit(LedgerView ledger, long last, List<Subject> subjects) {
    this.ledger = ledger;
    this.last = last;
    this.subjects = subjects;
    subjects.forEach(_ -> readers.add(Executors.newSingleThreadExecutor()));
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
    for (long after = 0; after < last; after += RANGE) {
      ahead.add(read(new Range(after, Math.min(after + RANGE, last))));
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
    Future<Said> said = database.submit(() -> said(range));
    List<Future<Boolean>> agreements = new ArrayList<>();
    for (int i = 0; i < subjects.size(); i++) {
      Subject subject = subjects.get(i);
      agreements.add(readers.get(i).submit(() -> agrees(subject, range, result(said))));
    }
    return new Reading(range, agreements);
  }

  private Said said(Range range) throws Exception {
    var sum = ledger.checksum(range);
    return new Said(Checksum.of(sum), sum.changed() == 0 ? List.of() : ledger.lives(range, true));
  }

  private static boolean agrees(Subject subject, Range range, Said said) throws Exception {
    Range part = subject.part(range);
    return subject.copy().agrees(part, said.untouched(), subject.expected(said.changed(), part));
  }

  private void compare(Reading reading, Listener listener) throws Exception {
    for (int i = 0; i < subjects.size(); i++) {
      if (!result(reading.agreements().get(i))) {
        Subject subject = subjects.get(i);
        report(subject, subject.part(reading.range()), listener);
      }
    }
  }

  private void report(Subject subject, Range part, Listener listener) throws Exception {
    Set<String> suspects = ids(differences(subject, part));
    if (suspects.isEmpty()) {
      return;
    }
    Map<String, Life> before = ledger.lives(suspects);
    List<Difference> differences = differences(subject, part);
    Map<String, Life> after = ledger.lives(ids(differences));
    List<Entry> parked = new ArrayList<>();
    List<Difference> settled = new ArrayList<>();
    for (Difference difference : differences) {
      String id = difference.id();
      boolean isSettled = suspects.contains(id) && Objects.equals(before.get(id), after.get(id));
      if (isSettled && !isParked(difference, subject, parked)) {
        Life life = after.get(id);
        settled.add(life != null && life.isDeleted() ? difference.ofDeletedMeow() : difference);
      }
    }
    listener.on(subject.where(), settled, parked);
  }

  private List<Difference> differences(Subject subject, Range part) throws Exception {
    Expectation expected = subject.expected(ledger.lives(part, false), part);
    List<Found> found = expected.settled(subject.copy().read(part));
    return Comparison.of(subject.where(), expected.entries(), found);
  }

  private static Set<String> ids(Collection<Difference> differences) {
    return differences.stream().map(Difference::id).collect(Collectors.toCollection(HashSet::new));
  }

  /** A document may be as it was before an event that is parked. */
  private static boolean isParked(Difference difference, Subject subject, List<Entry> parked) {
    Entry expected = difference.expected();
    if (expected != null
        && subject.parked().contains(expected.sequence())
        && (difference.kind() == Findings.Kind.MISSING || isOlder(difference.found(), expected))) {
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
