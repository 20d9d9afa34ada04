package meower.e2e.chaos.history;

import java.util.ArrayList;
import java.util.List;

/** Collects what went wrong, wherever it is noticed. Safe for use by several threads. */
public final class Violations {

  /** Enough to understand it; a run that breaks everything must not end for want of memory. */
  private static final int KEPT = 10_000;

  private final List<Violation> found = new ArrayList<>();

  public void add(Violation.Kind kind, long at, String what) {
    synchronized (found) {
      if (found.size() < KEPT) {
        found.add(new Violation(kind, at, what));
      }
    }
  }

  public List<Violation> all() {
    synchronized (found) {
      return List.copyOf(found);
    }
  }
}
