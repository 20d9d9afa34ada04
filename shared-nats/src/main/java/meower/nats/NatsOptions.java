package meower.nats;

import io.nats.client.Options;
import java.util.Arrays;
import java.util.regex.Pattern;
import meower.tls.Trust;

/** How a connection to NATS begins, for the services and for the operators' commands alike. */
public final class NatsOptions {

  private static final Pattern COMMA = Pattern.compile(",");

  private NatsOptions() {}

  /**
   * Returns the options of a connection that is encrypted when an address begins with {@code
   * tls://}, and never goes back to plain text then.
   *
   * @param urls one or more addresses, separated by commas
   */
  public static Options.Builder to(String urls, NatsLogin login, Trust trust) {
    String[] servers = COMMA.splitAsStream(urls).map(String::strip).toArray(String[]::new);
    Options.Builder options = new Options.Builder().servers(servers);
    if (Arrays.stream(servers).anyMatch(server -> server.startsWith("tls://"))) {
      options.sslContext(trust.context());
    }
    if (!login.username().isEmpty()) {
      // Answers come to where nobody else may listen.
      options
          .userInfo(login.username(), login.password())
          .inboxPrefix("_INBOX." + login.username() + ".");
    }
    return options;
  }
}
