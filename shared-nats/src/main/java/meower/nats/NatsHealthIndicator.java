package meower.nats;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Says in {@code /actuator/health} whether NATS is connected; it does not decide readiness. */
final class NatsHealthIndicator implements HealthIndicator {

  private final NatsLink link;

  NatsHealthIndicator(NatsLink link) {
    this.link = link;
  }

  @Override
  public Health health() {
    return link.isConnected() ? Health.up().build() : Health.down().build();
  }
}
