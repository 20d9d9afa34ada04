package meower.program.push;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** How calls to receivers go. */
@Component
final class PushMetrics {

  private final Counter sent;
  private final Counter refused;
  private final Counter down;
  private final Timer duration;
  private final AtomicInteger paused;

  PushMetrics(MeterRegistry metrics) {
    this.sent =
        Counter.builder("meower.pushes.sent")
            .description("Messages that a receiver took")
            .register(metrics);
    this.refused =
        Counter.builder("meower.pushes.refused")
            .description("Messages that a receiver refused; they come again, or are dead letters")
            .register(metrics);
    this.down =
        Counter.builder("meower.pushes.down")
            .description("Calls that found a receiver down; they do not count for messages")
            .register(metrics);
    this.duration =
        Timer.builder("meower.pushes.duration")
            .description("How long calls to receivers took, whatever came of them")
            .register(metrics);
    this.paused = metrics.gauge("meower.pushes.paused", new AtomicInteger());
  }

  void called(long nanos) {
    duration.record(nanos, TimeUnit.NANOSECONDS);
  }

  void delivered(Outcome outcome) {
    switch (outcome) {
      case Outcome.Accepted _ -> sent.increment();
      case Outcome.Refused _ -> refused.increment();
      case Outcome.Down _, Outcome.Gone() -> down.increment();
    }
  }

  /** Of the receivers that this instance owns. */
  void paused(int count) {
    paused.set(count);
  }
}
