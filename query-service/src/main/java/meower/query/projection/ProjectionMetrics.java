package meower.query.projection;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/**
 * What becomes of the messages that are brought into the indexes.
 *
 * <p>indexed + repeated + parked = acknowledged, over all indexes that are written. Alert when
 * {@code meower.index.parked} grows.
 */
@Component
class ProjectionMetrics {

  private final Counter indexed;
  private final Counter repeated;
  private final Counter retried;
  private final Counter parked;
  private final DistributionSummary batch;

  ProjectionMetrics(MeterRegistry registry) {
    indexed = counter(registry, "meower.index.indexed", "Events that came into the index");
    repeated =
        counter(
            registry,
            "meower.index.repeated",
            "Deliveries of events that the index had already, or later ones of the meow");
    retried =
        counter(registry, "meower.index.retried", "Deliveries given back to be tried again later");
    parked = counter(registry, "meower.index.parked", "Messages that can never be processed");
    batch =
        DistributionSummary.builder("meower.index.batch")
            .description("How many messages were taken at once")
            .register(registry);
  }

  void indexed() {
    indexed.increment();
  }

  void repeated() {
    repeated.increment();
  }

  void retried() {
    retried.increment();
  }

  void parked() {
    parked.increment();
  }

  void batch(int size) {
    batch.record(size);
  }

  private static Counter counter(MeterRegistry registry, String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }
}
