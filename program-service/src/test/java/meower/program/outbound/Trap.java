package meower.program.outbound;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that nobody may reach, and counts who does. */
final class Trap implements AutoCloseable {

  /** What it does with a connection. */
  @FunctionalInterface
  interface Answer {
    void on(Socket connection) throws Exception;
  }

  private final ServerSocket server = new ServerSocket();
  private final AtomicInteger connections = new AtomicInteger();

  /**
   * @param address where it listens
   * @param port 0 for a free one
   */
  Trap(String address, int port, Answer answer) throws IOException {
    server.bind(new InetSocketAddress(address, port), 200);
    Thread.ofVirtual().start(() -> accept(answer));
  }

  /** On all addresses of this machine. */
  static Trap everywhere() throws IOException {
    return new Trap("::", 0, Trap::ok);
  }

  static void ok(Socket connection) throws IOException {
    say(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
  }

  static void say(Socket connection, String text) throws IOException {
    connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    connection.getOutputStream().flush();
  }

  private void accept(Answer answer) {
    while (!server.isClosed()) {
      try {
        Socket connection = server.accept();
        connections.incrementAndGet();
        Thread.ofVirtual().start(() -> answer(connection, answer));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private static void answer(Socket connection, Answer answer) {
    try (connection) {
      readHead(connection);
      answer.on(connection);
    } catch (Exception e) {
      // Whoever called has gone away.
    }
  }

  /** A server that has not read all makes the connection break. */
  private static void readHead(Socket connection) throws IOException {
    int newlines = 0;
    while (newlines < 2) {
      int read = connection.getInputStream().read();
      if (read < 0) {
        return;
      }
      newlines = read == '\n' ? newlines + 1 : read == '\r' ? newlines : 0;
    }
  }

  int port() {
    return server.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
