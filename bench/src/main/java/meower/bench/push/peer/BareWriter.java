package meower.bench.push.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import meower.bench.push.client.PlainProtocol;
import meower.bench.push.client.Way;
import meower.bench.push.client.WebSocketWire;

/**
 * The least that a server of WebSockets can do, as the limit of the machine: one thread, and one
 * write for all that a connection has not got yet, out of one place in memory.
 *
 * <p>No server for anybody: it takes the handshake of the load client for granted, reads nothing
 * else, has no heartbeat and no past, and ends when a browser is slower than its memory is large.
 */
public final class BareWriter {

  private static final int MEMORY = 64 * 1024 * 1024;
  private static final int SHORT = 126;
  private static final int TEXT = 0x81;
  private static final int BACKLOG = 4_096;
  private static final String HEAD_END = "\r\n\r\n";

  /** The answer to the key of {@link WebSocketWire#request}, the example of RFC 6455. */
  private static final byte[] SWITCHED =
      """
      HTTP/1.1 101 Switching Protocols\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
      \r
      """
          .getBytes(StandardCharsets.US_ASCII);

  private final Selector selector = Selector.open();
  private final ServerSocketChannel listener = ServerSocketChannel.open();
  private final Queue<byte[]> incoming = new ConcurrentLinkedQueue<>();
  private final Set<Connection> connections = new HashSet<>();
  private final ByteBuffer memory = ByteBuffer.allocateDirect(MEMORY);
  private final ByteBuffer input = ByteBuffer.allocateDirect(1_024);
  private long end;
  private volatile boolean over;

  private BareWriter(int port) throws IOException {
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
  }

  /** Returns the way over such a server, in a process of its own. */
  public static Way way(int port) {
    return Way.overWebSockets(
        "bare NIO writer, the limit",
        port,
        "/",
        PlainProtocol::new,
        () -> new HubProcess(command(port), Path.of(".")));
  }

  private static List<String> command(int port) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-Xmx192m",
        "-cp",
        System.getProperty("java.class.path"),
        BareWriter.class.getName(),
        Integer.toString(port));
  }

  /** Sends each line of the standard input to every browser, until there are no more. */
  public static void main(String[] words) throws IOException {
    BareWriter writer = new BareWriter(Integer.parseInt(words[0]));
    Thread.ofPlatform().daemon().start(writer::readLines);
    System.out.println("ready");
    writer.run();
  }

  private void readLines() {
    try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        incoming.add(line.getBytes(StandardCharsets.UTF_8));
        selector.wakeup();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } finally {
      over = true;
      selector.wakeup();
    }
  }

  private void run() throws IOException {
    while (!over) {
      selector.select();
      for (SelectionKey key : selector.selectedKeys()) {
        if (key.isAcceptable()) {
          accept();
        } else {
          ((Connection) key.attachment()).ready(key);
        }
      }
      selector.selectedKeys().clear();
      if (remember()) {
        for (Connection connection : List.copyOf(connections)) {
          connection.write();
        }
      }
    }
  }

  private void accept() throws IOException {
    SocketChannel channel = listener.accept();
    if (channel != null) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      new Connection(channel);
    }
  }

  /** Returns whether there was anything. */
  private boolean remember() {
    long before = end;
    for (byte[] payload = incoming.poll(); payload != null; payload = incoming.poll()) {
      put((byte) TEXT);
      if (payload.length < SHORT) {
        put((byte) payload.length);
      } else {
        put((byte) SHORT);
        put((byte) (payload.length >> Byte.SIZE));
        put((byte) payload.length);
      }
      for (byte each : payload) {
        put(each);
      }
    }
    return end > before;
  }

  private void put(byte value) {
    memory.put((int) (end++ % MEMORY), value);
  }

  private final class Connection {

    private final SocketChannel channel;
    private final SelectionKey key;
    private boolean open;
    private long sent;

    Connection(SocketChannel channel) throws IOException {
      this.channel = channel;
      this.key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    void ready(SelectionKey selected) throws IOException {
      if (selected.isValid() && selected.isReadable()) {
        read();
      }
      if (selected.isValid() && selected.isWritable()) {
        write();
      }
    }

    private void read() throws IOException {
      input.clear();
      try {
        if (channel.read(input) < 0) {
          close();
          return;
        }
      } catch (IOException _) {
        close(); // the browser has gone
        return;
      }
      if (!open && StandardCharsets.US_ASCII.decode(input.flip()).toString().endsWith(HEAD_END)) {
        open = true;
        sent = end;
        channel.write(ByteBuffer.wrap(SWITCHED));
        connections.add(this);
      }
    }

    void write() throws IOException {
      if (end - sent > MEMORY) {
        throw new IOException("a browser is more than " + MEMORY + " bytes behind");
      }
      try {
        while (sent < end && writeOnce()) {}
      } catch (IOException _) {
        close(); // the browser has gone
        return;
      }
      int wanted = SelectionKey.OP_READ | (sent < end ? SelectionKey.OP_WRITE : 0);
      if (key.interestOps() != wanted) {
        key.interestOps(wanted);
      }
    }

    /** Returns whether the kernel took all; at the end of the memory it begins anew. */
    private boolean writeOnce() throws IOException {
      int from = (int) (sent % MEMORY);
      int length = (int) Math.min(end - sent, MEMORY - from);
      memory.limit(from + length).position(from);
      int count = channel.write(memory);
      memory.clear();
      sent += count;
      return count == length;
    }

    private void close() throws IOException {
      connections.remove(this);
      channel.close();
    }
  }
}
