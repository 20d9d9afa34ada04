package meower.query.timeline;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import meower.schema.Position;
import meower.stream.Streams;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Where the stream of events ended when a request first wanted to know. Whoever has read up to
 * there has seen everything that anybody was shown before the request.
 *
 * <p>For one request, and one thread.
 */
final class StreamEnd {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final Streams streams;
  private @Nullable Position position;

  StreamEnd(Streams streams) {
    this.streams = streams;
  }

  /**
   * Returns the position, the same whenever it is asked for.
   *
   * @throws ProblemException 503 while NATS or its stream is away
   */
  Position position() {
    Position known = position;
    if (known == null) {
      known = ask().orElseThrow(() -> unavailable(null));
      position = known;
    }
    return known;
  }

  private Optional<Position> ask() {
    try {
      return streams.findMeows().map(Streams::lastPosition);
    } catch (IOException | JetStreamApiException e) {
      throw unavailable(e);
    }
  }

  private static ProblemException unavailable(@Nullable Exception cause) {
    return ProblemException.unavailable(
        "Whether there is such a meow cannot be said right now. Try again in a second.",
        cause,
        RETRY_AFTER);
  }
}
