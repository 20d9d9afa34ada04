package meower.bench.push.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/**
 * How meows get to browsers over one server.
 *
 * @param name of the contender
 * @param port where the browsers connect to, on loopback
 * @param path of the WebSocket there
 * @param protocols what the server speaks, one for each connection
 * @param publishing how meows are sent on their way
 */
public record Way(
    String name, int port, String path, Supplier<Protocol> protocols, Publishing publishing) {

  /** How a publisher for the server comes about. */
  public interface Publishing {
    Publisher open() throws Exception;
  }

  InetSocketAddress server() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  public Way named(String other) {
    return new Way(other, port, path, protocols, publishing);
  }
}
