package meower.e2e.hostile.worst;

import java.io.IOException;
import meower.e2e.hostile.wire.Connection;
import meower.e2e.hostile.wire.Frames;
import meower.e2e.hostile.wire.Request;

/**
 * One client, as the proxy counts them.
 *
 * @param port of nginx
 * @param name an address of this machine; or, of whom a trusted proxy speaks, any
 * @param isForwarded whether it comes through that proxy
 */
record Address(int port, String name, boolean isForwarded) {

  /** Whoever comes from here is believed when it says for whom it asks. */
  static final String PROXY = "127.0.0.100";

  private static final String HEADER = "X-Forwarded-For: ";

  Connection connect() throws IOException {
    return Connection.to(port, isForwarded ? PROXY : name);
  }

  Request sign(Request request) {
    return isForwarded ? request.with(HEADER + name) : request;
  }

  String handshake(String target) {
    return Frames.handshake(target, isForwarded ? HEADER + name + "\r\n" : "");
  }
}
