package meower.program.lookup;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** How look-ups go. */
@Component
final class LookUpMetrics {

  private final AtomicInteger inFlight;
  private final Timer duration;
  private final Counter failed;
  private final Counter parked;
  private final Counter dropped;

  LookUpMetrics(MeterRegistry metrics) {
    this.inFlight = metrics.gauge("meower.lookups.in-flight", new AtomicInteger());
    this.duration =
        Timer.builder("meower.lookups.duration")
            .description("How long status APIs took to answer")
            .register(metrics);
    this.failed =
        Counter.builder("meower.lookups.failed")
            .description("Look-ups that brought no answer; they are tried again")
            .register(metrics);
    this.parked =
        Counter.builder("meower.lookups.parked")
            .description("Sightings that became dead letters")
            .register(metrics);
    this.dropped =
        Counter.builder("meower.lookups.dropped")
            .description("Sightings that became none because there are many already")
            .register(metrics);
  }

  void begun() {
    inFlight.incrementAndGet();
  }

  void ended() {
    inFlight.decrementAndGet();
  }

  void answered(long nanos) {
    duration.record(nanos, TimeUnit.NANOSECONDS);
  }

  void failed() {
    failed.increment();
  }

  void parked() {
    parked.increment();
  }

  void dropped() {
    dropped.increment();
  }
}
