package meower.query.index;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.ToDoubleFunction;
import org.springframework.stereotype.Component;

/**
 * What an operator watches.
 *
 * <p>indexed + repeated + parked = acknowledged. Alert when {@code meower.index.parked} grows at
 * all (look into the stream of dead letters), when {@code meower.index.lag} keeps growing (readers
 * fall behind) or has no value (NATS is away).
 */
@Component
class IndexMetrics {

  private final MeterRegistry registry;
  private final Counter indexed;
  private final Counter repeated;
  private final Counter retried;
  private final Counter parked;
  private final DistributionSummary batch;

  IndexMetrics(MeterRegistry registry) {
    this.registry = registry;
    indexed = counter("meower.index.indexed", "Meows that came into the index");
    repeated = counter("meower.index.repeated", "Deliveries of meows that the index had already");
    retried = counter("meower.index.retried", "Deliveries given back to be tried again later");
    parked = counter("meower.index.parked", "Messages that can never be processed");
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

  <T> void lag(T source, ToDoubleFunction<T> lag) {
    Gauge.builder("meower.index.lag", source, lag)
        .description("Messages of the stream that are not in the index yet")
        .register(registry);
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }
}
