package meower.bench.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * Sends requests over a number of connections, each the next one as soon as the last one is
 * answered.
 *
 * <p>One thread and no library: on the machine that it shares with the server, what the client
 * costs is missing to the server.
 */
public final class HttpLoad {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int BUFFER = 64 * 1024;
  private static final long LONGEST_MICROS = Duration.ofMinutes(1).toNanos() / 1_000;

  private final InetSocketAddress server;
  private final int connections;
  private final Supplier<? extends Conversation> conversations;

  private HttpLoad(
      Supplier<? extends Conversation> conversations, InetSocketAddress server, int connections) {
    this.server = server;
    this.connections = connections;
    this.conversations = conversations;
  }

  /**
   * Each answer is an operation.
   *
   * @param requests the next complete request, ready to be read
   */
  public HttpLoad(InetSocketAddress server, int connections, Supplier<ByteBuffer> requests) {
    this(() -> new Single(requests), server, connections);
  }

  /**
   * Returns a load of operations that take several requests each.
   *
   * @param conversations one for each connection
   */
  public static HttpLoad of(
      int port, int connections, Supplier<? extends Conversation> conversations) {
    return new HttpLoad(
        conversations, new InetSocketAddress(InetAddress.getLoopbackAddress(), port), connections);
  }

  private record Single(Supplier<ByteBuffer> requests) implements Conversation {

    @Override
    public ByteBuffer next() {
      return requests.get();
    }

    @Override
    public int answered(int status, byte[] body) {
      return 1;
    }

    @Override
    public boolean readsBodies() {
      return false;
    }
  }

  /**
   * Sends requests for that long, and takes the answers that are still on their way.
   *
   * @throws IOException if a connection fails or an answer takes more than 10 s
   */
  public HttpResult run(Duration time) throws IOException {
    return run(time, Double.POSITIVE_INFINITY);
  }

  /**
   * Sends no more than so many requests in a second, in equal steps. An operation's time counts
   * from when its request was due, so that what has to wait for a free connection is not forgotten.
   * Conversations of several requests are not for this.
   *
   * @throws IOException if a connection fails or an answer takes more than 10 s
   */
  public HttpResult run(Duration time, double perSecond) throws IOException {
    try (Selector selector = Selector.open()) {
      return new Run(selector, time, perSecond).result();
    }
  }

  private final class Run {

    private final Selector selector;
    private final long start = System.nanoTime();
    private final long end;
    private final double perSecond;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
    private final Map<Integer, Long> statuses = new HashMap<>();
    private final Histogram micros = new Histogram(LONGEST_MICROS, 3);
    private long bytes;
    private long operations;
    private int busy;
    private long sentSoFar;

    Run(Selector selector, Duration time, double perSecond) {
      this.selector = selector;
      this.end = start + time.toNanos();
      this.perSecond = perSecond;
    }

    HttpResult result() throws IOException {
      List<Connection> all = new ArrayList<>();
      try {
        for (int i = 0; i < connections; i++) {
          all.add(new Connection());
        }
        idle.addAll(all);
        while (sendDue() || busy > 0) {
          answers();
        }
      } finally {
        for (Connection connection : all) {
          connection.close();
        }
      }
      return new HttpResult(statuses, bytes, operations, Duration.ofNanos(end - start), micros);
    }

    /** Returns whether there is more to send until the end. */
    private boolean sendDue() throws IOException {
      long now = System.nanoTime();
      while (now < end && !idle.isEmpty() && due(now) <= now) {
        idle.remove().send(due(now));
        sentSoFar++;
      }
      return now < end;
    }

    private long due(long now) {
      return Double.isInfinite(perSecond) ? now : start + Math.round(sentSoFar * 1e9 / perSecond);
    }

    private void answers() throws IOException {
      boolean waiting = busy == 0 || !Double.isInfinite(perSecond);
      int ready = waiting ? selector.select(1) : selector.select(PATIENCE.toMillis());
      if (ready == 0 && !waiting) {
        throw new IOException(busy + " requests got no answer within 10 s");
      }
      for (SelectionKey key : selector.selectedKeys()) {
        ((Connection) key.attachment()).ready(key);
      }
      selector.selectedKeys().clear();
    }

    private final class Connection {

      private SocketChannel channel;
      private SelectionKey key;
      private final Conversation conversation = conversations.get();
      private final HttpAnswer answer = new HttpAnswer(conversation.readsBodies());
      private ByteBuffer out = ByteBuffer.allocate(0);
      private long sent;
      private boolean between = true;

      Connection() throws IOException {
        channel = SocketChannel.open(server);
        key = register();
      }

      private SelectionKey register() throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        return channel.register(selector, 0, this);
      }

      void send(long due) throws IOException {
        if (answer.isLast()) {
          close();
          channel = SocketChannel.open(server);
          key = register();
        }
        out = conversation.next();
        answer.reset();
        if (between) {
          sent = due;
          between = false;
        }
        busy++;
        write();
      }

      void ready(SelectionKey selected) throws IOException {
        if (selected.isWritable()) {
          write();
        } else {
          read();
        }
      }

      void close() throws IOException {
        channel.close();
      }

      private void write() throws IOException {
        channel.write(out);
        key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
      }

      private void read() throws IOException {
        in.clear();
        if (channel.read(in) < 0) {
          throw new IOException("the server closed a connection");
        }
        in.flip();
        if (answer.take(in)) {
          answered();
        }
      }

      private void answered() throws IOException {
        long now = System.nanoTime();
        busy--;
        int completed = conversation.answered(answer.status(), answer.body());
        between = completed > 0;
        // What comes after the end took part in the load, but not in its time.
        if (now <= end) {
          statuses.merge(answer.status(), 1L, Long::sum);
          bytes += answer.bytes();
          operations += completed;
          if (completed > 0) {
            micros.recordValue(Math.min((now - sent) / 1_000, LONGEST_MICROS));
          }
        }
        key.interestOps(0);
        idle.add(this);
      }
    }
  }
}
