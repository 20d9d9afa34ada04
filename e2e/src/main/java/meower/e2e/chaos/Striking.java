package meower.e2e.chaos;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import meower.e2e.chaos.fault.Fault;
import meower.e2e.chaos.fault.Plan;
import meower.e2e.chaos.fault.Rig;
import meower.e2e.chaos.fault.Strike;
import meower.e2e.chaos.history.Outages;
import meower.e2e.chaos.history.Violation.Kind;
import meower.e2e.chaos.history.Violations;
import meower.e2e.chaos.load.Probe;

/**
 * Lets one fault after the other strike, and measures how long it takes until all is well again.
 */
final class Striking {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Duration recovery;
  private final Rig rig;
  private final Probe probe;
  private final Violations violations;
  private final Consumer<String> log;
  private final List<Strike> strikes = new ArrayList<>();
  private long ready = System.nanoTime();

  /**
   * @param recovery within which everything has to work again after the end of a fault
   */
  Striking(Duration recovery, Rig rig, Probe probe, Violations violations, Consumer<String> log) {
    this.recovery = recovery;
    this.rig = rig;
    this.probe = probe;
    this.violations = violations;
    this.log = log;
  }

  List<Strike> strikes() {
    return strikes;
  }

  /** When something was broken. */
  Outages outages() {
    return new StrikeOutages(ready, recovery, strikes);
  }

  /** Everything works. On a slow machine it takes longer, until every kind has struck. */
  void run(Plan plan, Duration time) throws IOException, InterruptedException {
    ready = System.nanoTime();
    while (System.nanoTime() - ready < time.toNanos() || !plan.hasShownEveryKind()) {
      var step = plan.next();
      Thread.sleep(step.pause());
      strike(step);
    }
  }

  private void strike(Plan.Step step) throws IOException, InterruptedException {
    log.accept(step.fault() + step.second().map(second -> ", and " + second).orElse(""));
    long began = System.nanoTime();
    var second = step.second().map(fault -> begin(() -> rig.strike(fault, step.strength())));
    long ended = rig.strike(step.fault(), step.strength());
    if (second.isPresent()) {
      ended = Math.max(ended, end(second.get()));
    }
    var failure = probe.await(PATIENCE);
    long recovered = System.nanoTime();
    rig.awaitStarts();
    long whole = System.nanoTime();
    var faults = new ArrayList<>(List.of(step.fault()));
    step.second().ifPresent(faults::add);
    for (Fault fault : faults) {
      strikes.add(new Strike(fault, faults.size() == 1, began, ended, recovered, whole, failure));
    }
    judge(strikes.getLast(), failure);
  }

  private void judge(Strike strike, Optional<String> failure) {
    log.accept("  recovered %.1f s after its end".formatted(strike.recovery().toMillis() / 1000.0));
    failure.ifPresent(what -> add(strike, what + " 90 s after: "));
    if (failure.isEmpty() && strike.alone() && strike.recovery().compareTo(recovery) > 0) {
      add(strike, "%.1f s until all worked after: ".formatted(strike.recovery().toMillis() / 1e3));
    }
  }

  private void add(Strike strike, String what) {
    violations.add(Kind.SLOW_RECOVERY, strike.began(), what + strike.fault());
  }

  private static FutureTask<Long> begin(Callable<Long> strike) {
    var task = new FutureTask<>(strike);
    Thread.startVirtualThread(task);
    return task;
  }

  private static long end(FutureTask<Long> strike) throws IOException, InterruptedException {
    try {
      return strike.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }
}
