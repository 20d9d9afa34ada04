package meower.bench.push.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/**
 * How meows get to browsers over one server.
 *
 * @param name of the contender
 * @param port where the browsers connect to, on loopback
 * @param paths of the WebSocket or the stream there, one for each connection
 * @param wires what takes apart what comes, one for each connection
 * @param publishing how meows are sent on their way
 */
public record Way(
    String name,
    int port,
    Supplier<String> paths,
    Supplier<? extends Wire> wires,
    Publishing publishing) {

  /** How a publisher for the server comes about. */
  public interface Publishing {
    Publisher open() throws Exception;
  }

  /**
   * Returns a way over WebSockets.
   *
   * @param protocols what the server speaks on top of it, one for each connection
   */
  public static Way overWebSockets(
      String name,
      int port,
      String path,
      Supplier<? extends Protocol> protocols,
      Publishing publishing) {
    return new Way(name, port, () -> path, () -> new WebSocketWire(protocols.get()), publishing);
  }

  /** Returns a way over Server-Sent Events of Meower. */
  public static Way overEvents(String name, int port, String path, Publishing publishing) {
    return new Way(name, port, () -> path, EventStreamWire::new, publishing);
  }

  InetSocketAddress server() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  public Way named(String other) {
    return new Way(other, port, paths, wires, publishing);
  }

  /** Returns the same way by another port. */
  public Way at(int other) {
    return new Way(name, other, paths, wires, publishing);
  }

  /** Returns a way whose connections ask for other paths. */
  public Way to(Supplier<String> others) {
    return new Way(name, port, others, wires, publishing);
  }
}
