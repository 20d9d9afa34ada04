package meower.bench.push.peer;

import io.nats.client.Connection;
import io.nats.client.Nats;
import meower.bench.push.client.NatsProtocol;
import meower.bench.push.client.Publisher;
import meower.bench.push.client.Text;
import meower.bench.push.client.Way;

/** A nats-server with its own WebSocket listener. */
public final class NatsPush {

  static final String SUBJECT = "meow.created";

  private NatsPush() {}

  public static Way way(NatsWebSocketServer server) {
    return Way.overWebSockets(
        "nats-server: its WebSocket listener",
        server.webSocketPort(),
        "/",
        () -> new NatsProtocol(SUBJECT),
        () -> new Subject(server.url()));
  }

  private static final class Subject implements Publisher {

    private final Connection connection;

    Subject(String url) throws Exception {
      connection = Nats.connect(url);
    }

    @Override
    public void publish(long number) {
      connection.publish(SUBJECT, Text.frame(number, System.nanoTime()));
    }

    @Override
    public void close() {
      try {
        connection.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
