package meower.query.rebuild;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import meower.nats.NatsUnavailableException;
import meower.nats.Streams;
import meower.query.index.MeowIndex;
import meower.query.index.MeowIndexes;
import meower.query.projection.IndexConsumers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Lets readers follow to another index, and not before it has everything.
 *
 * <p>That is when the stream is whole, the index has what the stream had at an earlier look, and
 * the {@link IndexComparison} finds nothing missing. Until then the old index serves. Alert when
 * {@code meower.index.missing} is not 0: an index that was filled is not fit to be read.
 */
@Component
class IndexSwap {

  private static final Logger log = LoggerFactory.getLogger(IndexSwap.class);

  /** What the stream had when the index was looked at before. */
  private record Goal(MeowIndex index, long sequence) {}

  private final MeowIndexes indexes;
  private final IndexConsumers consumers;
  private final IndexComparison comparison;
  private @Nullable Goal goal;
  private List<Long> missing = List.of();
  private volatile @Nullable MeowIndex refused;

  IndexSwap(
      MeowIndexes indexes,
      IndexConsumers consumers,
      IndexComparison comparison,
      MeterRegistry registry) {
    this.indexes = indexes;
    this.consumers = consumers;
    this.comparison = comparison;
    Gauge.builder("meower.index.missing", this, swap -> swap.missing.size())
        .description("Meows that an index lacks which readers therefore do not follow to")
        .register(registry);
  }

  /**
   * Lets readers read the target if it is fit for it.
   *
   * @return whether they do now
   */
  boolean toward(MeowIndex target, Optional<MeowIndex> read, StreamInfo stream)
      throws NatsUnavailableException, IOException, JetStreamApiException {
    if (read.filter(target::equals).isPresent()) {
      accept();
      return true;
    }
    if (read.isPresent() && !isFit(target, read.get(), stream)) {
      return false;
    }
    indexes.swap(read, target);
    accept();
    return true;
  }

  /** Tells whether the index was compared and found to lack meows. */
  boolean hasRefused(MeowIndex target) {
    return target.equals(refused);
  }

  private boolean isFit(MeowIndex target, MeowIndex read, StreamInfo stream)
      throws NatsUnavailableException, IOException, JetStreamApiException {
    Goal former = goal;
    goal = new Goal(target, stream.getStreamState().getLastSequence());
    Optional<ConsumerInfo> consumer = consumers.find(target);
    if (Streams.isRefilling(stream) || consumer.isEmpty()) {
      return false;
    }
    long floor = consumer.get().getAckFloor().getStreamSequence();
    boolean caughtUp =
        IndexConsumers.lag(consumer.get()) == 0
            || (former != null && former.index().equals(target) && floor >= former.sequence());
    return caughtUp && isComplete(target, read, stream, floor);
  }

  private boolean isComplete(MeowIndex target, MeowIndex read, StreamInfo stream, long floor)
      throws NatsUnavailableException, IOException, JetStreamApiException {
    long first = Math.max(1, stream.getStreamState().getFirstSequence());
    List<Long> found = comparison.missing(target, first, floor);
    long had = comparison.count(target, floor);
    boolean fewer = read.epoch().equals(target.epoch()) && had < comparison.count(read, floor);
    if (found.isEmpty() && !fewer) {
      return true;
    }
    if (!target.equals(refused) || !found.equals(missing)) {
      log.error(
          "index={} state=refused meows={} up_to={} missing={} fewer_than_{}={}",
          target,
          had,
          floor,
          found,
          read,
          fewer);
    }
    refused = target;
    missing = found;
    return false;
  }

  private void accept() {
    goal = null;
    refused = null;
    missing = List.of();
  }
}
