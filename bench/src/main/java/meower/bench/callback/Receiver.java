package meower.bench.callback;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Takes calls on loopback and answers 200 at once. It does not look at signatures: it shares the
 * cores with what is measured.
 */
final class Receiver implements AutoCloseable {

  private static final String CHALLENGE = "{\"type\":\"meower.challenge\"";
  private static final String LENGTH = "content-length:";
  private static final int BACKLOG = 1_000;

  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final AtomicLong calls = new AtomicLong();
  private final Consumer<String> bodies;
  private volatile boolean silent;

  /**
   * Begins to listen.
   *
   * @param bodies gets those of calls that are no challenge
   */
  Receiver(Consumer<String> bodies) throws IOException {
    this.bodies = bodies;
    listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/hook";
  }

  /** Returns how many calls there were, without challenges. */
  long calls() {
    return calls.get();
  }

  /** From now on it takes calls and never answers. */
  void fallSilent() {
    silent = true;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        connections.add(connection);
        threads.execute(() -> serve(connection));
      } catch (IOException e) {
        if (!listener.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /** A connection that breaks is a call that is not counted here, and is made again. */
  private void serve(Socket connection) {
    try (connection) {
      answer(connection);
    } catch (IOException e) {
      if (!listener.isClosed()) {
        throw new UncheckedIOException(e);
      }
    } finally {
      connections.remove(connection);
    }
  }

  private void answer(Socket connection) throws IOException {
    try (InputStream in = new BufferedInputStream(connection.getInputStream());
        OutputStream out = connection.getOutputStream()) {
      connection.setTcpNoDelay(true);
      for (int length = head(in); length >= 0; length = head(in)) {
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        boolean challenge = body.startsWith(CHALLENGE);
        if (!challenge) {
          calls.incrementAndGet();
          bodies.accept(body);
        }
        if (!silent) {
          String answer = challenge ? body : "";
          out.write(
              "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s"
                  .formatted(answer.length(), answer)
                  .getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }

  /** Returns the length of the body of the next request, or -1 when there is none. */
  private static int head(InputStream in) throws IOException {
    int length = 0;
    String line = line(in);
    if (line.isEmpty()) {
      return -1;
    }
    while (!line.isEmpty()) {
      if (line.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Integer.parseInt(line.substring(LENGTH.length()).strip());
      }
      line = line(in);
    }
    return length;
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().strip();
  }

  /** Whoever calls from now on finds nobody there. */
  void refuse() throws IOException {
    listener.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }

  @Override
  public void close() throws IOException {
    refuse();
    threads.shutdownNow();
  }
}
