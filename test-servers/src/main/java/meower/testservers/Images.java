package meower.testservers;

import java.util.List;

/** The container images, the same as in docker-compose.yaml; each can be replaced by a property. */
final class Images {
  static final String POSTGRES = image("postgres", "postgres:18-alpine");
  static final String NATS = image("nats", "nats:2.11-alpine");
  static final String ELASTICSEARCH = image("elasticsearch", "elasticsearch:8.19.21");

  private Images() {}

  static List<String> all() {
    return List.of(POSTGRES, NATS, ELASTICSEARCH);
  }

  private static String image(String server, String image) {
    return System.getProperty("meower.test.image." + server, image);
  }
}
