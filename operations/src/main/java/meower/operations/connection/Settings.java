package meower.operations.connection;

import java.util.Map;

/**
 * Where the servers are; the same names as in the environment of the services.
 *
 * @param postgresUrl a JDBC address
 * @param natsUrl one or more addresses, separated by commas
 * @param elasticsearchUrl one or more addresses, separated by commas
 */
public record Settings(
    String postgresUrl,
    String postgresUser,
    String postgresPassword,
    String natsUrl,
    String elasticsearchUrl) {

  private static final String POSTGRES = "SPRING_DATASOURCE_URL";
  private static final String NATS = "MEOWER_NATS_URL";
  private static final String ELASTICSEARCH = "MEOWER_ELASTICSEARCH_URL";

  /** Tells whether these variables say where the servers are. */
  static boolean isIn(Map<String, String> environment) {
    return environment.containsKey(POSTGRES)
        || environment.containsKey(NATS)
        || environment.containsKey(ELASTICSEARCH);
  }

  /**
   * Reads the variables.
   *
   * @throws OperationFailedException naming the variable that is missing
   */
  static Settings of(Map<String, String> environment) {
    return new Settings(
        required(environment, POSTGRES),
        environment.getOrDefault("SPRING_DATASOURCE_USERNAME", "meower"),
        environment.getOrDefault("SPRING_DATASOURCE_PASSWORD", ""),
        required(environment, NATS),
        required(environment, ELASTICSEARCH));
  }

  private static String required(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new OperationFailedException(
          "The environment has to name all three servers, and "
              + name
              + " is missing. Set it, or unset the others to ask the stack of ./meower up.");
    }
    return value;
  }
}
