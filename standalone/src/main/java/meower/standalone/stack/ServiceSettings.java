package meower.standalone.stack;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import meower.standalone.process.DataFolder;
import meower.standalone.server.PostgresServer;
import meower.standalone.server.Protection;

/** The environment that tells a service where it listens and where the servers are. */
final class ServiceSettings {
  /**
   * Short enough for one terminal line, and with what tells lines apart: the part's name is put
   * before it.
   */
  private static final String LOG_PATTERN =
      "%d{HH:mm:ss.SSS} %-5level %logger{0}: %msg%n%throwable";

  private static final String OPERATIONS = "operations";

  private ServiceSettings() {}

  /**
   * @throws IOException if the secrets of a stack with TLS cannot be written
   */
  static Map<String, String> of(Instance service, PortPlan ports, DataFolder data)
      throws IOException {
    var settings = new HashMap<>(servers(ports));
    if (ports.tls()) {
      settings.putAll(secure(service.part(), data));
    }
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

  /**
   * As whom a service comes to the servers. The passwords are in files: an environment can be read
   * in more places than one thinks of.
   */
  private static Map<String, String> secure(Part service, DataFolder data) throws IOException {
    var secrets = Security.secrets(data);
    var settings = new HashMap<String, String>();
    settings.put("MEOWER_TLS_CA", Security.ca(data).toString());
    settings.put("MEOWER_NATS_USERNAME", service.label());
    var _ = secrets.of(service.label(), Protection.NATS_PASSWORD);
    settings.put("SPRING_CONFIG_IMPORT", "configtree:" + secrets.of(service.label()) + "/");
    return settings;
  }

  /** As whom an operator comes to NATS. */
  static Map<String, String> operator(PortPlan ports, DataFolder data) throws IOException {
    var settings = new HashMap<>(servers(ports));
    if (ports.tls()) {
      settings.put("MEOWER_TLS_CA", Security.ca(data).toString());
      settings.put("MEOWER_NATS_USERNAME", OPERATIONS);
      settings.put(
          "MEOWER_NATS_PASSWORD", Security.secrets(data).of(OPERATIONS, Protection.NATS_PASSWORD));
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
        (ports.tls() ? "tls" : "nats") + "://127.0.0.1:" + ports.of(Part.NATS),
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
