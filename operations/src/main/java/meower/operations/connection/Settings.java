package meower.operations.connection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import meower.nats.NatsLogin;
import meower.tls.Trust;

/**
 * The one address that a command has to know, and as whom it comes there, under the same names as
 * in the environment of the services.
 *
 * @param natsUrl one or more addresses, separated by commas
 * @param login as whom; nobody in particular where NATS does not ask
 * @param ca a file with whom to believe that it is NATS; by default those that the JDK knows
 */
public record Settings(String natsUrl, NatsLogin login, Optional<Path> ca) {

  private static final String NATS = "MEOWER_NATS_URL";
  private static final String USERNAME = "MEOWER_NATS_USERNAME";
  private static final String PASSWORD = "MEOWER_NATS_PASSWORD";
  private static final String PASSWORD_FILE = "MEOWER_NATS_PASSWORD_FILE";
  private static final String CA = "MEOWER_TLS_CA";

  /** A NATS that asks for no name, without TLS. */
  public Settings(String natsUrl) {
    this(natsUrl, NatsLogin.NONE, Optional.empty());
  }

  /** Returns whom to believe that it is NATS. */
  Trust trust() {
    return ca.map(file -> Trust.of(file, Clock.systemUTC())).orElseGet(Trust::ofTheJdk);
  }

  /** Tells whether these variables say where NATS is. */
  static boolean isIn(Map<String, String> environment) {
    return !environment.getOrDefault(NATS, "").isBlank();
  }

  /**
   * Reads the variables.
   *
   * @throws OperationFailedException if the address is missing, or the password cannot be read
   */
  public static Settings of(Map<String, String> environment) {
    if (!isIn(environment)) {
      throw new OperationFailedException(NATS + " is missing. Set it to the address of NATS.");
    }
    return new Settings(
        environment.getOrDefault(NATS, ""),
        new NatsLogin(environment.getOrDefault(USERNAME, ""), password(environment)),
        Optional.of(environment.getOrDefault(CA, "")).filter(ca -> !ca.isBlank()).map(Path::of));
  }

  private static String password(Map<String, String> environment) {
    String file = environment.getOrDefault(PASSWORD_FILE, "");
    if (file.isBlank()) {
      return environment.getOrDefault(PASSWORD, "");
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new OperationFailedException(
          "The file that " + PASSWORD_FILE + " names cannot be read", e);
    }
  }
}
