package meower.bench.post;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import meower.bench.lab.Contender;
import meower.bench.lab.Sample;
import meower.bench.program.Program;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Meower's {@code /publish} through nginx: each line a meow, answered when it is on disk, with so
 * many under way on each socket.
 */
final class Sockets implements Contender {

  static final int SOCKETS = 8;

  private static final int UNANSWERED = 64;
  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int FINAL_TEXT = 0x81;
  private static final int PING = 0x89;
  private static final int PONG = 0x8A;
  private static final int MASKED = 0x80;
  private static final int MEDIUM = 126;
  private static final String STORED = "{\"status\":201,";
  private static final long LONGEST_MICROS = 60_000_000;

  private final Program program;
  private final Duration time;

  Sockets(Program program, Duration time) {
    this.program = program;
    this.time = time;
  }

  @Override
  public String name() {
    return "Meower: %d sockets /publish through nginx".formatted(SOCKETS);
  }

  @Override
  public Sample measure() throws Exception {
    Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, 3);
    List<Bot> bots = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < SOCKETS; i++) {
        bots.add(new Bot(i));
      }
      long end = System.nanoTime() + time.toNanos();
      List<Future<?>> all = new ArrayList<>();
      for (Bot bot : bots) {
        all.add(
            threads.submit(() -> {
              bot.say(end, micros);
              return true;
            }));
      }
      for (Future<?> each : all) {
        each.get(time.plusMinutes(1).toMillis(), TimeUnit.MILLISECONDS);
      }
    } finally {
      for (Bot bot : bots) {
        bot.close();
      }
    }
    return Sample.of("posts/s", micros.getTotalCount() * 1e9 / time.toNanos())
        .with("p50 ms", micros.getValueAtPercentile(50) / 1e3)
        .with("p99 ms", micros.getValueAtPercentile(99) / 1e3);
  }

  /** One socket. */
  private final class Bot implements AutoCloseable {

    private final int name;
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final Queue<Long> unanswered = new ArrayDeque<>();
    private long number;

    Bot(int name) throws IOException {
      this.name = name;
      socket = new Socket(InetAddress.getLoopbackAddress(), program.nginx());
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      out = socket.getOutputStream();
      out.write(
          """
          GET /publish HTTP/1.1\r
          Host: localhost:%d\r
          Connection: Upgrade\r
          Upgrade: websocket\r
          Sec-WebSocket-Version: 13\r
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
          %s\r
          """
              .formatted(program.nginx(), program.authorization())
              .getBytes(StandardCharsets.US_ASCII));
      requireSwitched();
    }

    private void requireSwitched() throws IOException {
      String status = line();
      if (!status.startsWith("HTTP/1.1 101")) {
        throw new IOException("not let in: " + status);
      }
      while (!line().isEmpty()) {
        // What the headers say is known.
      }
    }

    private String line() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw new EOFException("the server has closed a connection");
        }
        line.append((char) next);
      }
      return line.toString().strip();
    }

    /** As many at once as were answered; what comes after the end does not count. */
    void say(long end, Histogram micros) throws IOException {
      while (System.nanoTime() < end) {
        fill();
        answer(end, micros);
        while (in.available() > 0) {
          answer(end, micros);
        }
      }
      while (!unanswered.isEmpty()) {
        answer(end, micros);
      }
    }

    private void fill() throws IOException {
      ByteBuffer frames = ByteBuffer.allocate(UNANSWERED * 256);
      while (unanswered.size() < UNANSWERED) {
        number++;
        frame(frames, FINAL_TEXT, text().getBytes(StandardCharsets.UTF_8));
        unanswered.add(System.nanoTime());
      }
      out.write(frames.array(), 0, frames.position());
    }

    private String text() {
      return "the %,d. meow of bot %d, as long as most of them are: 70 letters........"
          .formatted(number, name);
    }

    /** With a mask of zeros, as a client has to. */
    private static void frame(ByteBuffer to, int opcode, byte[] payload) {
      to.put((byte) opcode).put((byte) (MASKED | payload.length)).putInt(0).put(payload);
    }

    private void answer(long end, Histogram micros) throws IOException {
      int opcode = in.readUnsignedByte();
      int length = in.readUnsignedByte();
      byte[] payload = in.readNBytes(length == MEDIUM ? in.readUnsignedShort() : length);
      if (opcode == PING) {
        ByteBuffer pong = ByteBuffer.allocate(payload.length + 6);
        frame(pong, PONG, payload);
        out.write(pong.array());
        return;
      }
      String text = new String(payload, StandardCharsets.UTF_8);
      if (opcode != FINAL_TEXT || !text.startsWith(STORED)) {
        throw new IOException("not stored: " + text);
      }
      long now = System.nanoTime();
      long sent = unanswered.remove();
      if (now <= end) {
        micros.recordValue(Math.min((now - sent) / 1_000, LONGEST_MICROS));
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
