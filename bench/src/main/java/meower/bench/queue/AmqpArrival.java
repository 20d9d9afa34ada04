package meower.bench.queue;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import meower.bench.lab.Contender;
import meower.bench.lab.Sample;
import meower.bench.queue.peer.AmqpQueue;
import org.HdrHistogram.Histogram;

/**
 * From the publication of a message until a consumer of AMQP has it, which may be before it is on
 * disk.
 */
record AmqpArrival(AmqpQueue queue, Duration time) implements Contender {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long PAUSE = Duration.ofMillis(1).toNanos();

  @Override
  public String name() {
    return queue.name();
  }

  @Override
  public Sample measure() throws Exception {
    queue.prepare();
    Histogram micros = Arrival.histogram();
    AutoCloseable consumer = queue.consume(age -> Arrival.arrived(age, micros));
    try (AmqpQueue.Publisher publisher = queue.publisher()) {
      long count = Arrival.RATE * time.toMillis() / 1_000;
      long start = System.nanoTime();
      for (long i = 0; i < count; i++) {
        LockSupport.parkNanos(start + i * 1_000_000_000 / Arrival.RATE - System.nanoTime());
        publisher.publish();
      }
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (micros.getTotalCount() < count && System.nanoTime() < end) {
        LockSupport.parkNanos(PAUSE);
      }
      return Arrival.sample(micros, count, time);
    } finally {
      consumer.close();
      queue.clear();
    }
  }
}
