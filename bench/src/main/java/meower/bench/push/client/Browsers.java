package meower.bench.push.client;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Thousands of connections, read by one thread, that check every meow: lost, doubled, out of order,
 * and how late.
 */
public final class Browsers implements AutoCloseable {

  private static final int READ = 256 * 1024;
  private static final Duration CONNECT = Duration.ofSeconds(60);

  /** So many handshakes are under way at once: more would only wait in the server's queue. */
  private static final int AT_ONCE = 200;

  private final Way way;
  private final Selector selector = Selector.open();
  private final List<Browser> all = new ArrayList<>();
  private final Deletions deletions = new Deletions();
  private Tally tally = new Tally();
  private final byte[] buffer = new byte[READ];
  private int ready;

  /**
   * @param way where they connect to, and what is spoken there
   */
  public Browsers(Way way) throws IOException {
    this.way = way;
  }

  /**
   * Connects so many and returns when the server sends to each of them.
   *
   * @return how long that took
   * @throws IOException if one is not let in, or not all are within a minute
   */
  public Duration connect(int count) throws IOException {
    long start = System.nanoTime();
    while (ready < count) {
      while (all.size() < count && all.size() - ready < AT_ONCE) {
        all.add(new Browser());
      }
      readOnce(1_000);
      if (System.nanoTime() - start > CONNECT.toNanos()) {
        throw new IOException("only " + ready + " of " + count + " connected within a minute");
      }
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** Says which number the next meow has. */
  public void expect(long number) {
    all.forEach(browser -> browser.last = number - 1);
  }

  /** Reads what comes until so many meows have reached every browser, or time is over. */
  public Tally read(LongSupplier meows, Duration patience) throws IOException {
    tally = new Tally();
    long end = System.nanoTime() + patience.toNanos();
    while (tally.deliveries() < meows.getAsLong() * all.size() && System.nanoTime() < end) {
      readOnce(100);
    }
    return tally;
  }

  /** When what was deleted has left each of them. */
  public Deletions deletions() {
    return deletions;
  }

  public int count() {
    return all.size();
  }

  private void readOnce(long millis) throws IOException {
    selector.select(millis);
    for (SelectionKey key : selector.selectedKeys()) {
      ((Browser) key.attachment()).read();
    }
    selector.selectedKeys().clear();
  }

  @Override
  public void close() throws IOException {
    for (Browser browser : all) {
      browser.channel.close();
    }
    selector.close();
  }

  private final class Browser implements Protocol.Sink {

    final SocketChannel channel;
    private final Wire wire = way.wires().get();
    private boolean counted;
    private long last;

    Browser() throws IOException {
      channel = SocketChannel.open(way.server());
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
      send(wire.request(way.paths().get(), way.port()));
    }

    void read() throws IOException {
      byte[] left = wire.left();
      System.arraycopy(left, 0, buffer, 0, left.length);
      int count = channel.read(ByteBuffer.wrap(buffer, left.length, READ - left.length));
      if (count < 0) {
        throw new IOException("the server closed a connection");
      }
      send(wire.take(buffer, left.length + count, this));
      if (!counted && wire.isReady()) {
        counted = true;
        ready++;
      }
    }

    @Override
    public void meow(byte[] bytes, int from) {
      tally.got(last, bytes, from);
      last = Text.number(bytes, from);
    }

    @Override
    public void deletion(byte[] bytes, int from) {
      deletions.arrived(bytes, from);
    }

    /** Little enough for the kernel to take at once. */
    private void send(ByteBuffer what) throws IOException {
      if (what.hasRemaining()) {
        channel.write(what);
        if (what.hasRemaining()) {
          throw new IOException("the server does not read");
        }
      }
    }
  }
}
