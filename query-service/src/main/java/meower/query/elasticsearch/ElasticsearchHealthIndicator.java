package meower.query.elasticsearch;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.elasticsearch._types.HealthStatus;
import java.io.IOException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Says in {@code /actuator/health} how Elasticsearch is; it does not decide readiness. */
@Component
final class ElasticsearchHealthIndicator implements HealthIndicator {

  private final ElasticsearchClient client;

  ElasticsearchHealthIndicator(ElasticsearchClient client) {
    this.client = client;
  }

  @Override
  public Health health() {
    try {
      HealthStatus status = client.cluster().health().status();
      Health.Builder health = status == HealthStatus.Red ? Health.down() : Health.up();
      return health.withDetail("status", status.jsonValue()).build();
    } catch (IOException | RuntimeException e) {
      return Health.down().withDetail("reason", e.getClass().getSimpleName()).build();
    }
  }
}
