package meower.e2e.chaos.history;

import java.util.ArrayList;
import java.util.List;
import meower.e2e.chaos.history.Violation.Kind;

/**
 * What is wrong only if nothing was broken at the time, which is known at the end. Safe for use by
 * several threads.
 */
public final class Suspicions {

  private record Suspicion(Kind kind, long from, long to, String what) {}

  private static final int KEPT = 100_000;

  private final Violations violations;
  private final List<Suspicion> suspicions = new ArrayList<>();

  public Suspicions(Violations violations) {
    this.violations = violations;
  }

  /**
   * @param from when it began that nothing may have been broken
   * @param to when it ended
   */
  void add(Kind kind, long from, long to, String what) {
    synchronized (suspicions) {
      if (suspicions.size() < KEPT) {
        suspicions.add(new Suspicion(kind, from, to, what));
      }
    }
  }

  public void judge(Outages outages) {
    synchronized (suspicions) {
      suspicions.stream()
          .filter(suspicion -> !outages.isUnsettled(suspicion.from(), suspicion.to()))
          .forEach(
              suspicion -> violations.add(suspicion.kind(), suspicion.from(), suspicion.what()));
      suspicions.clear();
    }
  }
}
