package meower.bench.callback;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import meower.bench.lab.Contender;
import meower.bench.lab.Sample;
import meower.bench.program.Program;

/** As many calls as possible: there are always messages that wait. */
record CallRate(Program program, Duration time) implements Contender {

  private static final int BATCH = 100;
  private static final int WAITING = 1_000;
  private static final long PAUSE = Duration.ofMillis(1).toNanos();

  @Override
  public String name() {
    return "Meower: a queue with push";
  }

  @Override
  public Sample measure() throws Exception {
    try (Receiver receiver = new Receiver(_ -> {});
        PushedQueue queue = PushedQueue.to(receiver, "calls", program)) {
      long published = 0;
      long start = System.nanoTime();
      while (System.nanoTime() - start < time.toNanos()) {
        if (published - receiver.calls() < WAITING) {
          queue.publish(BATCH);
          published += BATCH;
        } else {
          LockSupport.parkNanos(PAUSE);
        }
      }
      return Sample.of("calls/s", receiver.calls() * 1e9 / (System.nanoTime() - start));
    }
  }
}
