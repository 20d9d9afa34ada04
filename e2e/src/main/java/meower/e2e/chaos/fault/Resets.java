package meower.e2e.chaos.fault;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Ends TCP connections as a broken network does. Only where the kernel lets us. */
final class Resets {

  private Resets() {}

  static boolean areAvailable() throws IOException, InterruptedException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var client = new Socket(server.getInetAddress(), server.getLocalPort());
        var accepted = server.accept()) {
      client.setSoTimeout(1_000);
      strike(accepted.getLocalPort());
      try {
        return client.getInputStream().read() < -1;
      } catch (java.net.SocketTimeoutException _) {
        return false;
      } catch (IOException _) {
        return true; // reset, as it should be
      }
    }
  }

  /** Resets all connections to a port of this machine. */
  static void strike(int port) throws InterruptedException {
    // It complains of the other end, which is gone with the first one.
    var _ = Commands.succeeds("ss", "-K", "dst", "127.0.0.1", "dport", "=", ":" + port);
  }
}
