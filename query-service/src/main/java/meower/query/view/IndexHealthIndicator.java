package meower.query.view;

import meower.web.ProblemException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Part of readiness: a service that has just started is ready once it has found an index to read.
 *
 * <p>From then on it stays ready: while Elasticsearch is away each answer says so by itself, and
 * taking every instance out of service at once would help nobody.
 */
@Component("index")
class IndexHealthIndicator implements HealthIndicator {

  private final Views views;
  private volatile boolean found;

  IndexHealthIndicator(Views views) {
    this.views = views;
  }

  @Override
  public Health health() {
    if (!found) {
      try {
        views.current();
        found = true;
      } catch (ProblemException e) {
        return Health.outOfService().withDetail("reason", "there is no index yet").build();
      }
    }
    return Health.up().build();
  }
}
