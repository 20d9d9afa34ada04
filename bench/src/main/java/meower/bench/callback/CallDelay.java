package meower.bench.callback;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import meower.bench.http.HttpLoad;
import meower.bench.http.Posted;
import meower.bench.lab.Contender;
import meower.bench.lab.Sample;
import meower.bench.program.Payload;
import meower.bench.program.Program;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** From the publication of a message until the receiver is called, beside a dead neighbour. */
record CallDelay(Program program, Neighbour neighbour, Duration time) implements Contender {

  static final int RATE = 200;

  private static final int PUBLISHERS = 16;
  private static final int WAITING = 10_000;
  private static final int BATCH = 1_000;
  private static final long LONGEST_MICROS = 60_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PAUSE = Duration.ofMillis(1).toNanos();

  @Override
  public String name() {
    return "Meower: " + neighbour;
  }

  @Override
  public Sample measure() throws Exception {
    if (neighbour == Neighbour.NONE) {
      return delay();
    }
    try (Receiver dead = new Receiver(_ -> {});
        PushedQueue waiting = PushedQueue.to(dead, "neighbour", program)) {
      if (neighbour == Neighbour.SILENT) {
        dead.fallSilent();
      } else {
        dead.refuse();
      }
      for (int i = 0; i < WAITING; i += BATCH) {
        waiting.publish(BATCH);
      }
      return delay();
    }
  }

  private Sample delay() throws Exception {
    Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, 3);
    try (Receiver receiver =
            new Receiver(
                body -> micros.recordValue(Math.clamp(Payload.age(body), 0, LONGEST_MICROS)));
        PushedQueue queue = PushedQueue.to(receiver, "living", program)) {
      var load =
          HttpLoad.of(program.nginx(), PUBLISHERS, () -> new Publishing(() -> message(queue), 201));
      long published = load.run(time, RATE).operations();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (micros.getTotalCount() < published) {
        if (System.nanoTime() > end) {
          throw new IOException("only %d calls of %d".formatted(micros.getTotalCount(), published));
        }
        LockSupport.parkNanos(PAUSE);
      }
      return Sample.of("p99 ms", micros.getValueAtPercentile(99) / 1e3)
          .with("p50 ms", micros.getValueAtPercentile(50) / 1e3)
          .with("calls/s", published * 1e9 / time.toNanos());
    }
  }

  private ByteBuffer message(PushedQueue queue) {
    return Posted.to(
        program.nginx(),
        queue.path(),
        program.authorization() + "Content-Type: text/plain\r\n",
        Payload.now());
  }
}
