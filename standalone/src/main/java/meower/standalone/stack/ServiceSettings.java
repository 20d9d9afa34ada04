package meower.standalone.stack;

import java.io.IOException;
import java.nio.file.Path;
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

  static final String OPERATIONS = "operations";

  private ServiceSettings() {}

  /**
   * @throws IOException if the secrets of the stack cannot be written
   */
  static Map<String, String> of(Instance service, StackOptions options, DataFolder data)
      throws IOException {
    PortPlan ports = options.ports();
    var settings = new HashMap<>(servers(service.part(), ports, data));
    settings.put("SERVER_ADDRESS", "127.0.0.1");
    settings.put("SERVER_PORT", "" + ports.of(service));
    settings.put("MANAGEMENT_SERVER_ADDRESS", "127.0.0.1");
    settings.put("MANAGEMENT_SERVER_PORT", "" + ports.managementOf(service));
    settings.put("MEOWER_NATS_REPLICAS", "1");
    settings.put("SPRING_MAIN_BANNER_MODE", "off");
    settings.put("LOGGING_PATTERN_CONSOLE", LOG_PATTERN);
    settings.put("MEOWER_EVENTS_KEY_FILE", data.of("keys").resolve("events").toString());
    if (service.part() == Part.COMMAND || service.part() == Part.PROGRAM) {
      settings.put("MEOWER_PASSES_KEY_FILE", passKeys(data).toString());
    }
    if (service.part() == Part.PROGRAM) {
      // Whoever tries Meower has a status API on the same machine; nothing of Meower is called.
      settings.put("MEOWER_OUTBOUND_ALLOWEDNETWORKS", "127.0.0.0/8");
      settings.put("MEOWER_SECRET_KEY_FILE", data.of("keys").resolve("secrets").toString());
      settings.put("MEOWER_OUTBOUND_OWNPORTS", ownPorts(options));
    }
    if (service.part() == Part.COMMAND) {
      settings.put("MEOWER_SIGNING_KEY_FILE", data.of("keys").resolve("signing").toString());
    }
    return settings;
  }

  /** Where the keys are with which passes are signed; made when it is not there. */
  static Path passKeys(DataFolder data) {
    return data.of("keys").resolve("passes");
  }

  /**
   * Where those servers are that a service needs, and as whom it comes there. The passwords are in
   * files: an environment can be read in more places than one thinks of.
   */
  private static Map<String, String> servers(Part service, PortPlan ports, DataFolder data)
      throws IOException {
    var settings = new HashMap<>(nats(service.label(), ports, data));
    settings.put(
        "SPRING_CONFIG_IMPORT", "configtree:" + Security.secrets(data).of(service.label()) + "/");
    switch (service) {
      case COMMAND ->
          settings.putAll(database(PostgresServer.DATABASE, Protection.COMMAND_ROLE, ports, data));
      case PROGRAM ->
          settings.putAll(database(PostgresServer.PROGRAMS, Protection.PROGRAMS_ROLE, ports, data));
      case QUERY -> {
        settings.put("MEOWER_ELASTICSEARCH_URL", elasticsearchUrl(ports));
        settings.put("MEOWER_ELASTICSEARCH_USERNAME", service.label());
      }
      default -> {}
    }
    return settings;
  }

  private static Map<String, String> database(
      String name, String role, PortPlan ports, DataFolder data) {
    return Map.of(
        "SPRING_DATASOURCE_URL",
        jdbcUrl(name, ports, data),
        "SPRING_DATASOURCE_USERNAME",
        role,
        "SPRING_FLYWAY_USER",
        role + Protection.OWNER);
  }

  private static Map<String, String> nats(String user, PortPlan ports, DataFolder data) {
    var settings = new HashMap<String, String>();
    settings.put("MEOWER_NATS_URL", natsUrl(ports));
    settings.put("MEOWER_NATS_USERNAME", user);
    if (ports.tls()) {
      settings.put("MEOWER_TLS_CA", Security.ca(data).toString());
    }
    return settings;
  }

  /**
   * Where NATS is, and as whom an operator comes there.
   *
   * @throws IOException if the secrets of the stack cannot be read
   */
  static Map<String, String> operator(PortPlan ports, DataFolder data) throws IOException {
    var settings = new HashMap<>(nats(OPERATIONS, ports, data));
    settings.put(
        "MEOWER_NATS_PASSWORD", Security.secrets(data).of(OPERATIONS, Protection.NATS_PASSWORD));
    return settings;
  }

  static String natsUrl(PortPlan ports) {
    return (ports.tls() ? "tls" : "nats") + "://127.0.0.1:" + ports.of(Part.NATS);
  }

  static String elasticsearchUrl(PortPlan ports) {
    return (ports.tls() ? "https" : "http") + "://127.0.0.1:" + ports.of(Part.ELASTICSEARCH);
  }

  private static String ownPorts(StackOptions options) {
    return options.users().keySet().stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  static String jdbcUrl(String database, PortPlan ports, DataFolder data) {
    return "jdbc:postgresql://127.0.0.1:"
        + ports.of(Part.POSTGRES)
        + "/"
        + database
        + (ports.tls() ? PostgresServer.encryption(Security.ca(data)) : "");
  }
}
