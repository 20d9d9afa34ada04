package meower.standalone.stack;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import meower.standalone.process.DataFolder;
import meower.standalone.server.PostgresServer;

/** The environment that tells a service where it listens and where the servers are. */
final class ServiceSettings {
  /**
   * Short enough for one terminal line, and with what tells lines apart: the part's name is put
   * before it.
   */
  private static final String LOG_PATTERN =
      "%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg%n%throwable";

  private ServiceSettings() {}

  static Map<String, String> of(Instance service, PortPlan ports, DataFolder data) {
    var settings = new HashMap<>(servers(ports));
    settings.put("SERVER_ADDRESS", "127.0.0.1");
    settings.put("SERVER_PORT", "" + ports.of(service));
    settings.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
    settings.put("MANAGEMENT_SERVER_PORT", "" + ports.managementOf(service));
    settings.put("MEOWER_NATS_REPLICAS", "1");
    settings.put("SPRING_MAIN_BANNER_MODE", "off");
    settings.put("LOGGING_PATTERN_CONSOLE", LOG_PATTERN);
    if (service.part() == Part.COMMAND || service.part() == Part.PROGRAM) {
      settings.put("MEOWER_PASSES_KEY_FILE", data.of("keys").resolve("passes").toString());
    }
    if (service.part() == Part.PROGRAM) {
      settings.put("SPRING_DATASOURCE_URL", jdbcUrl(ports, PostgresServer.PROGRAMS));
      // Whoever tries Meower has a status API on the same machine; nothing of Meower is called.
      settings.put("MEOWER_OUTBOUND_ALLOWEDNETWORKS", "127.0.0.0/8");
      settings.put("MEOWER_OUTBOUND_OWNPORTS", ownPorts(ports));
    }
    if (service.part() == Part.COMMAND) {
      settings.put("MEOWER_SIGNING_KEY_FILE", data.of("keys").resolve("signing").toString());
    }
    return settings;
  }

  /** Where the servers are. */
  static Map<String, String> servers(PortPlan ports) {
    return Map.of(
        "SPRING_DATASOURCE_URL",
        jdbcUrl(ports, PostgresServer.DATABASE),
        "SPRING_DATASOURCE_USERNAME",
        PostgresServer.USER,
        "SPRING_DATASOURCE_PASSWORD",
        PostgresServer.PASSWORD,
        "MEOWER_NATS_URL",
        "nats://127.0.0.1:" + ports.of(Part.NATS),
        "MEOWER_ELASTICSEARCH_URL",
        "http://127.0.0.1:" + ports.of(Part.ELASTICSEARCH));
  }

  private static String ownPorts(PortPlan ports) {
    return ports.users().keySet().stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static String jdbcUrl(PortPlan ports, String database) {
    return "jdbc:postgresql://127.0.0.1:" + ports.of(Part.POSTGRES) + "/" + database;
  }
}
