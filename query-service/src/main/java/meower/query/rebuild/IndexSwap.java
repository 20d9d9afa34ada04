package meower.query.rebuild;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import meower.query.index.MeowIndex;
import meower.query.index.MeowIndexes;
import meower.query.projection.IndexConsumers;
import meower.stream.Streams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Lets readers follow to another index, and not before it has everything.
 *
 * <p>That is when the stream is whole, the index has what the stream had at an earlier check, and
 * the {@link IndexComparison} finds nothing missing. Until then the old index serves. Alert when
 * {@code meower.index.missing} is not 0: an index that was filled is not fit to be read.
 */
@Component
class IndexSwap {

  private static final Logger log = LoggerFactory.getLogger(IndexSwap.class);

  private final Streams streams;
  private final MeowIndexes indexes;
  private final IndexConsumers consumers;
  private final IndexComparison comparison;
  private @Nullable FillProgress progress;
  private volatile List<Long> missing = List.of();
  private volatile @Nullable MeowIndex refused;

  IndexSwap(
      Streams streams,
      MeowIndexes indexes,
      IndexConsumers consumers,
      IndexComparison comparison,
      MeterRegistry registry) {
    this.streams = streams;
    this.indexes = indexes;
    this.consumers = consumers;
    this.comparison = comparison;
    Gauge.builder("meower.index.missing", this, swap -> swap.missing.size())
        .description("Meows that an index lacks which readers therefore do not follow to")
        .register(registry);
  }

  /**
   * Lets readers follow to the target if it is fit to be read.
   *
   * @return whether they do now
   */
  boolean follow(MeowIndex target, Optional<MeowIndex> read, StreamInfo stream)
      throws IOException, JetStreamApiException {
    if (read.filter(target::equals).isPresent()) {
      accept();
      return true;
    }
    if (read.isPresent() && !(isFit(target, read.get(), stream) && isNear(target))) {
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
      throws IOException, JetStreamApiException {
    Optional<FillProgress> earlier = Optional.ofNullable(progress);
    FillProgress now = progress(target, stream);
    progress = now;
    OptionalLong upTo = now.comparable(earlier);
    if (upTo.isEmpty()) {
      return false;
    }
    long first = Math.max(1, stream.getStreamState().getFirstSequence());
    ComparisonResult result = comparison.compare(target, read, first, upTo.getAsLong());
    if (!result.isFit()) {
      refuse(target, read, result);
    }
    return result.isFit();
  }

  /** The comparison may have taken long. In this order: the end that counts is the later one. */
  private boolean isNear(MeowIndex target) throws IOException, JetStreamApiException {
    Optional<FillProgress.Filled> filled = consumers.find(target).map(IndexSwap::filled);
    Optional<StreamInfo> stream = streams.findMeows();
    return filled.isPresent()
        && stream.isPresent()
        && filled.get().isNear(stream.get().getStreamState().getLastSequence());
  }

  private FillProgress progress(MeowIndex target, StreamInfo stream)
      throws IOException, JetStreamApiException {
    return new FillProgress(
        target,
        !Streams.isRefilling(stream),
        stream.getStreamState().getLastSequence(),
        consumers.find(target).map(IndexSwap::filled));
  }

  private static FillProgress.Filled filled(ConsumerInfo consumer) {
    return new FillProgress.Filled(
        consumer.getAckFloor().getStreamSequence(), IndexConsumers.lag(consumer));
  }

  private void refuse(MeowIndex target, MeowIndex read, ComparisonResult result) {
    if (!target.equals(refused) || !result.missing().equals(missing)) {
      log.error(
          "index={} state=refused meows={} up_to={} missing={} fewer_than_{}={}",
          target,
          result.count(),
          result.upTo(),
          result.missing(),
          read,
          result.hasFewer());
    }
    refused = target;
    missing = result.missing();
  }

  private void accept() {
    progress = null;
    refused = null;
    missing = List.of();
  }
}
