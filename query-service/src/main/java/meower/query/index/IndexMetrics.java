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
 * <p>indexed + repeated + parked = acknowledged, over all indexes that are written. Alert when
 * {@code meower.index.parked} grows or {@code meower.dead-letters} is not 0 (see {@code ./meower
 * dead-letters}), when {@code meower.index.lag} keeps growing (readers fall behind) or has no value
 * (NATS is away), and when {@code meower.index.missing} is not 0 (an index that was filled is not
 * fit to be read).
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
    gauge("meower.index.lag", "Messages of the stream that are not in the index yet", source, lag);
  }

  <T> void rebuilding(T source, ToDoubleFunction<T> remaining) {
    gauge(
        "meower.index.rebuilding",
        "Messages that the index which is to be read next does not have yet",
        source,
        remaining);
  }

  <T> void missing(T source, ToDoubleFunction<T> missing) {
    gauge(
        "meower.index.missing",
        "Meows that an index lacks which readers therefore do not follow to",
        source,
        missing);
  }

  <T> void deadLetters(T source, ToDoubleFunction<T> count) {
    gauge("meower.dead-letters", "Messages that are parked now", source, count);
  }

  private <T> void gauge(String name, String description, T source, ToDoubleFunction<T> value) {
    Gauge.builder(name, source, value).description(description).register(registry);
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }
}
