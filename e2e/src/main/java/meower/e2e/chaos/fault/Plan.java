package meower.e2e.chaos.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import meower.standalone.stack.Instance;

/**
 * Which fault comes when: random, the same again with the same seed, and none waits long for its
 * turn.
 */
public final class Plan {

  /**
   * One step.
   *
   * @param pause before it begins
   * @param strength from 0 to 1: how long, or how far
   * @param second another fault, while the first one is on
   */
  public record Step(Duration pause, Fault fault, double strength, Optional<Fault> second) {}

  private static final double TWO_AT_ONCE = 0.12;

  private final Random random;
  private final List<Fault> faults;
  private final Map<Object, Integer> strikes = new HashMap<>();

  public Plan(long seed, List<Fault> faults) {
    this.random = new Random(seed);
    this.faults = List.copyOf(faults);
  }

  /** Every fault of some kinds that a stack with these instances can have. */
  public static List<Fault> faults(List<FaultKind> kinds, List<Instance> instances) {
    return kinds.stream()
        .flatMap(kind ->
            instances.stream()
                .filter(instance -> kind.targets().contains(instance.part()))
                .map(instance -> new Fault(kind, instance)))
        .toList();
  }

  public Step next() {
    var pause = Duration.ofMillis(500 + random.nextInt(2_500));
    var fault = pick(faults);
    var elsewhere = faults.stream().filter(f -> !f.target().equals(fault.target())).toList();
    var second =
        random.nextDouble() < TWO_AT_ONCE && !elsewhere.isEmpty()
            ? Optional.of(pick(elsewhere))
            : Optional.<Fault>empty();
    return new Step(pause, fault, random.nextDouble(), second);
  }

  /** Whether every kind that was to strike has been planned by now. */
  public boolean hasShownEveryKind() {
    return faults.stream().allMatch(fault -> struck(fault.kind()) > 0);
  }

  /**
   * What has struck least often as such, of its kind, and at its target; chance decides the rest.
   */
  private Fault pick(List<Fault> from) {
    var shuffled = new ArrayList<>(from);
    Collections.shuffle(shuffled, random);
    var fault =
        Collections.min(
            shuffled,
            Comparator.<Fault>comparingInt(this::struck)
                .thenComparingInt(f -> struck(f.kind()))
                .thenComparingInt(f -> struck(f.target())));
    List.of(fault, fault.kind(), fault.target())
        .forEach(what -> strikes.merge(what, 1, Integer::sum));
    return fault;
  }

  private int struck(Object what) {
    return strikes.getOrDefault(what, 0);
  }
}
