package meower.operations.connection;

import java.util.Map;

/**
 * The one address that a command has to know, under the same name as in the environment of the
 * services.
 *
 * @param natsUrl one or more addresses, separated by commas
 */
public record Settings(String natsUrl) {

  private static final String NATS = "MEOWER_NATS_URL";

  /** Tells whether these variables say where NATS is. */
  static boolean isIn(Map<String, String> environment) {
    return !environment.getOrDefault(NATS, "").isBlank();
  }

  /**
   * Reads the variables.
   *
   * @throws OperationFailedException if the address is missing
   */
  static Settings of(Map<String, String> environment) {
    if (!isIn(environment)) {
      throw new OperationFailedException(NATS + " is missing. Set it to the address of NATS.");
    }
    return new Settings(environment.getOrDefault(NATS, ""));
  }
}
