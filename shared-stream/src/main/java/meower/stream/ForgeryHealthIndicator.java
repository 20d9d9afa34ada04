package meower.stream;

import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import meower.schema.Position;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Says in {@code /actuator/health} whether the stream holds messages that somebody has forged; it
 * does not decide readiness. It is up again once an operator has had them erased.
 */
final class ForgeryHealthIndicator implements HealthIndicator {

  /** So many are looked for each time: the others next time, or they are there anyway. */
  private static final int AT_ONCE = 20;

  private final Streams streams;

  ForgeryHealthIndicator(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Health health() {
    if (streams.events().isBlind()) {
      return Health.down()
          .withDetail("reason", "Events are signed, and there is no key in meower.events.key-file.")
          .build();
    }
    forgetErased();
    List<Position> forged = streams.forged().positions();
    return forged.isEmpty()
        ? Health.up().build()
        : Health.down()
            .withDetail("forged", forged.size())
            .withDetail("first", forged.getFirst().toString())
            .withDetail(
                "reason", "The stream holds messages that the command service has not signed.")
            .build();
  }

  /** While NATS does not answer they are taken to be there. */
  private void forgetErased() {
    List<Position> found = streams.forged().positions();
    if (found.isEmpty()) {
      return;
    }
    try {
      Optional<String> epoch = streams.findMeows().map(Streams::epoch);
      for (Position position : found.subList(0, Math.min(AT_ONCE, found.size()))) {
        if (epoch.filter(position.epoch()::equals).isEmpty() || !isThere(position)) {
          streams.forged().forget(position);
        }
      }
    } catch (IOException | JetStreamApiException e) {
      return;
    }
  }

  private boolean isThere(Position position) throws IOException, JetStreamApiException {
    return streams.holdsMeowsBetween(position.sequence() - 1, position.sequence());
  }
}
