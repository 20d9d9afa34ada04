package meower.program.sighting;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.nats.client.JetStream;
import io.nats.client.JetStreamOptions;
import io.nats.client.PublishOptions;
import io.nats.client.api.PublishAck;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import meower.nats.NatsLink;
import meower.program.source.PresenceProblems;
import meower.program.source.PresenceProperties;
import meower.schema.SightingStream;
import meower.web.ProblemException;
import meower.web.RateLimit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Brings sightings into their stream. */
@Component
class Sightings {

  /** Programs give up after a second, and do not repeat it. */
  static final Duration TIMEOUT = Duration.ofMillis(900);

  private static final byte[] NOTHING = {};

  private final NatsLink link;
  private final PresenceProperties properties;
  private final Backlogs backlogs;
  private final Counter accepted;
  private final Counter coalesced;
  private final Map<String, RateLimit> rates = new ConcurrentHashMap<>();

  Sightings(
      NatsLink link, PresenceProperties properties, Backlogs backlogs, MeterRegistry metrics) {
    this.link = link;
    this.properties = properties;
    this.backlogs = backlogs;
    this.accepted =
        Counter.builder("meower.sightings.accepted")
            .description("Sightings that the stream has")
            .register(metrics);
    this.coalesced =
        Counter.builder("meower.sightings.coalesced")
            .description("Of these, repeats of an object within one call")
            .register(metrics);
  }

  /**
   * Says that so many are going to come.
   *
   * @throws ProblemException 429 if they are too many
   */
  void require(String program, int count) {
    RateLimit rate =
        rates.computeIfAbsent(
            program,
            _ ->
                new RateLimit(
                    properties.sightingsPerSecond(),
                    properties.sightingsPerSecond(),
                    System::nanoTime));
    if (!rate.tryPass(count)) {
      throw PresenceProblems.tooMany(
          "A program may report %,d objects a second. Report them again a second later; none was taken."
              .formatted(properties.sightingsPerSecond()));
    }
    if (backlogs.of(program) + count > properties.objects()) {
      throw PresenceProblems.tooMany(
          "%,d objects wait for the status API already. Report again when it has caught up; none was taken."
              .formatted(backlogs.of(program)));
    }
  }

  /**
   * Returns when the stream has them.
   *
   * @param begin when the call came, by {@link System#nanoTime()}
   * @param repeated how many sightings there were besides these
   * @throws ProblemException 503 if that is not in time; it may have none or some of them
   */
  void report(String program, Set<ObjectId> ids, int repeated, long begin) {
    try {
      JetStream stream =
          link.connection().jetStream(JetStreamOptions.builder().requestTimeout(TIMEOUT).build());
      List<CompletableFuture<PublishAck>> acks = new ArrayList<>();
      PublishOptions where = PublishOptions.builder().expectedStream(SightingStream.NAME).build();
      for (ObjectId id : ids) {
        acks.add(stream.publishAsync(SightingStream.subject(program, id.token()), NOTHING, where));
      }
      CompletableFuture.allOf(acks.toArray(CompletableFuture<?>[]::new))
          .get(begin + TIMEOUT.toNanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
      accepted.increment(ids.size() + (double) repeated);
      coalesced.increment(repeated);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    } catch (IOException | ExecutionException | TimeoutException | IllegalStateException e) {
      throw unavailable(e);
    }
  }

  static ProblemException unavailable(@Nullable Throwable cause) {
    return ProblemException.unavailable(
        "Sightings cannot be taken at the moment, none or some of these were. Report them again:"
            + " that is harmless.",
        cause,
        Duration.ofSeconds(1));
  }
}
