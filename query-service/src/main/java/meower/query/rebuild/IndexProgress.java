package meower.query.rebuild;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;
import java.util.Optional;
import meower.query.index.MeowIndex;
import meower.query.projection.IndexConsumers;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Remembers which index is filled and which is read, to say how far they are.
 *
 * <p>Alert when {@code meower.index.lag} keeps growing (readers fall behind) or has no value (NATS
 * is away).
 */
@Component
class IndexProgress {

  /** As of the last look at Elasticsearch; NATS tells the rest, also while that is away. */
  private record Known(MeowIndex target, MeowIndex read) {}

  private final IndexConsumers consumers;
  private volatile @Nullable Known known;

  IndexProgress(IndexConsumers consumers, MeterRegistry registry) {
    this.consumers = consumers;
    Gauge.builder("meower.index.lag", this, IndexProgress::lag)
        .description("Messages of the stream that are not in the index yet")
        .register(registry);
    Gauge.builder("meower.index.rebuilding", this, IndexProgress::remaining)
        .description("Messages that the index which is to be read next does not have yet")
        .register(registry);
  }

  void now(MeowIndex target, MeowIndex read) {
    known = new Known(target, read);
  }

  /** Of an index of an earlier epoch there is nothing more to come, so the next one counts. */
  private double lag() {
    Known now = known;
    if (now == null) {
      return Double.NaN;
    }
    return ask(now.read().epoch().equals(now.target().epoch()) ? now.read() : now.target());
  }

  private double remaining() {
    Known now = known;
    if (now == null) {
      return Double.NaN;
    }
    return now.target().equals(now.read()) ? 0 : ask(now.target());
  }

  private double ask(MeowIndex index) {
    try {
      Optional<ConsumerInfo> consumer = consumers.find(index);
      return consumer.isPresent() ? IndexConsumers.lag(consumer.get()) : Double.NaN;
    } catch (IOException | JetStreamApiException e) {
      return Double.NaN;
    }
  }
}
