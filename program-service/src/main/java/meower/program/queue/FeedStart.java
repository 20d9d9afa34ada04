package meower.program.queue;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.StreamInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import meower.program.queue.FeedDefinition.OfMeows;
import meower.schema.Position;
import meower.stream.Streams;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says where the stream of meows is, for feeds that begin and for those who ask how far one is. */
@Component
class FeedStart {

  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final Streams streams;

  FeedStart(Streams streams) {
    this.streams = streams;
  }

  /**
   * Returns the position behind which a feed begins.
   *
   * @throws ProblemException 400 if it is none that the stream holds, 503 while that cannot be said
   */
  Position of(OfMeows feed) {
    StreamInfo info = ask().orElseThrow(() -> unavailable(null));
    Position last = Streams.lastPosition(info);
    return switch (feed.after()) {
      case OfMeows.NOW -> last;
      case OfMeows.BEGINNING -> last.at(0);
      default ->
          Position.parse(feed.after())
              .filter(position -> position.epoch().equals(last.epoch()))
              .filter(position -> position.sequence() <= last.sequence())
              .orElseThrow(OfMeows::badAfter);
    };
  }

  /** Returns how many sequences a position is behind the end of the stream, if that can be said. */
  Optional<Long> behind(Position position) {
    try {
      return ask()
          .map(Streams::lastPosition)
          .filter(last -> last.epoch().equals(position.epoch()))
          .map(last -> Math.max(0, last.sequence() - position.sequence()));
    } catch (ProblemException e) {
      return Optional.empty();
    }
  }

  /** Nothing while the stream is not there, or is being filled again. */
  private Optional<StreamInfo> ask() {
    try {
      return streams.findMeows().filter(info -> !Streams.isRefilling(info));
    } catch (IOException | JetStreamApiException e) {
      throw unavailable(e);
    }
  }

  private static ProblemException unavailable(@Nullable Exception cause) {
    return ProblemException.unavailable(
        "Where a feed is to begin cannot be said at the moment: nothing was changed. Try again in"
            + " a few seconds.",
        cause,
        RETRY_AFTER);
  }
}
