package meower.program.outbound;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/**
 * Sockets that look at the address which they are about to use. So it does not matter how the
 * address was written, what a name meant a moment ago, or who asked for the connection.
 */
final class GuardedSockets extends SocketFactory {

  private final AddressRules rules;
  private final boolean isEncrypted;

  /**
   * @param isEncrypted whether what is sent over them will be
   */
  GuardedSockets(AddressRules rules, boolean isEncrypted) {
    this.rules = rules;
    this.isEncrypted = isEncrypted;
  }

  @Override
  public Socket createSocket() {
    return new GuardedSocket();
  }

  // The others connect at once, and nobody here needs them.

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException();
  }

  private final class GuardedSocket extends Socket {

    @Override
    public void connect(SocketAddress to) throws IOException {
      connect(to, 0);
    }

    @Override
    public void connect(SocketAddress to, int timeout) throws IOException {
      if (!(to instanceof InetSocketAddress internet)
          || internet.isUnresolved()
          || !rules.permits(internet.getAddress(), internet.getPort(), isEncrypted)) {
        throw new RefusedAddressException();
      }
      super.connect(to, timeout);
    }
  }
}
