package meower.e2e.chaos.checker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import meower.e2e.chaos.checker.Violation.Kind;

/**
 * Which meow stands at which position, as far as anybody was told: the same for everybody. Safe for
 * use by several threads.
 */
public final class Sequences {

  private final Violations violations;
  private final Map<String, Map<Long, Integer>> epochs = new ConcurrentHashMap<>();

  public Sequences(Violations violations) {
    this.violations = violations;
  }

  void learn(FeedPosition position, int number) {
    var epoch = epochs.computeIfAbsent(position.epoch(), _ -> new ConcurrentHashMap<>());
    Integer known = epoch.putIfAbsent(position.sequence(), number);
    if (known != null && known != number) {
      violations.add(
          Kind.OUT_OF_ORDER,
          System.nanoTime(),
          "at %s one browser got meow %d, another meow %d".formatted(position, known, number));
    }
  }

  Map<String, Map<Long, Integer>> epochs() {
    return epochs;
  }
}
