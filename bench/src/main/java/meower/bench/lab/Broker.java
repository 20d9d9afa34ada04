package meower.bench.lab;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.file.Path;
import meower.standalone.stack.Login;

/**
 * The stack's NATS, as somebody whom it knows.
 *
 * @param eventsKey the file with the key that events are signed with
 */
public record Broker(Login login, Path eventsKey) {

  public Connection connect() throws IOException, InterruptedException {
    return Nats.connect(
        new Options.Builder()
            .server(login.url())
            .userInfo(login.user(), login.password())
            .inboxPrefix("_INBOX." + login.user() + ".")
            .build());
  }
}
