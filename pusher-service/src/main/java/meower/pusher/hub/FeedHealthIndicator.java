package meower.pusher.hub;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Part of readiness: a service that has just been started is ready once it has a feed. Before that
 * it would send every browser away again.
 */
final class FeedHealthIndicator implements HealthIndicator {

  private final Hub hub;

  FeedHealthIndicator(Hub hub) {
    this.hub = hub;
  }

  @Override
  public Health health() {
    return hub.hasFeed()
        ? Health.up().build()
        : Health.outOfService().withDetail("reason", "there is no feed yet").build();
  }
}
