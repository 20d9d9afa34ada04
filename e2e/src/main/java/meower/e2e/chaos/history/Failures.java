package meower.e2e.chaos.history;

import java.util.ArrayList;
import java.util.List;
import meower.e2e.chaos.history.Violation.Kind;

/**
 * Requests that did not get what they asked for: right while something is broken, wrong otherwise.
 * Safe for use by several threads.
 */
public final class Failures {

  private record Failure(long from, long to, String what) {}

  private static final int KEPT = 200_000;

  private final Violations violations;
  private final List<Failure> failures = new ArrayList<>();

  public Failures(Violations violations) {
    this.violations = violations;
  }

  /**
   * No answer, or one that says in the right words that there is none now.
   *
   * @param from when it was asked for
   */
  public void excusable(long from, String what) {
    synchronized (failures) {
      if (failures.size() < KEPT) {
        failures.add(new Failure(from, System.nanoTime(), what));
      }
    }
  }

  /** An answer that is wrong at any time. */
  public void inexcusable(String what) {
    violations.add(Kind.WRONG_ANSWER, System.nanoTime(), what);
  }

  public int count() {
    synchronized (failures) {
      return failures.size();
    }
  }

  public void judge(Outages outages) {
    synchronized (failures) {
      failures.stream()
          .filter(failure -> !outages.isBroken(failure.from(), failure.to()))
          .forEach(failure ->
              violations.add(
                  Kind.WRONG_ANSWER,
                  failure.to(),
                  failure.what() + ", although nothing was broken"));
    }
  }
}
