package meower.nats;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * As whom to come to NATS: {@code meower.nats.*}.
 *
 * @param username whom NATS knows us by. By default nobody in particular, for a NATS that asks for
 *     no name.
 * @param password of that user. From a file, so that it stands in no list of processes.
 */
@ConfigurationProperties("meower.nats")
public record NatsLogin(@DefaultValue("") String username, @DefaultValue("") String password) {

  /** Nobody in particular. */
  public static final NatsLogin NONE = new NatsLogin("", "");

  /** No log has the password. */
  @Override
  public String toString() {
    return "NatsLogin[username=" + username + "]";
  }
}
