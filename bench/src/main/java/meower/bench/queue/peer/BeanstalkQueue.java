package meower.bench.queue.peer;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import meower.bench.program.Payload;

/** The one queue of beanstalkd that is there without being made. */
public final class BeanstalkQueue implements TcpQueue {

  private final BeanstalkServer server;

  public BeanstalkQueue(BeanstalkServer server) {
    this.server = server;
  }

  @Override
  public String name() {
    return "beanstalkd -f0";
  }

  /** What a connection has reserved comes back when it ends, and is taken by the next one. */
  @Override
  public void prepare() {}

  @Override
  public void clear() {}

  @Override
  public Worker connect() throws IOException {
    return new Cycles(new Socket(InetAddress.getLoopbackAddress(), server.port()));
  }

  /** Speaks its protocol: lines, and behind some of them a message. */
  private static final class Cycles implements Worker {

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Cycles(Socket socket) throws IOException {
      this.socket = socket;
      socket.setTcpNoDelay(true);
      this.in = new BufferedInputStream(socket.getInputStream());
      this.out = socket.getOutputStream();
    }

    @Override
    public void cycle() throws IOException {
      String body = Payload.now();
      expect("INSERTED", ask("put 0 0 30 %d\r\n%s\r\n".formatted(body.length(), body)));
      String[] reserved = ask("reserve-with-timeout 10\r\n").split(" ", -1);
      expect("RESERVED", reserved[0]);
      in.skipNBytes(Integer.parseInt(reserved[2]) + 2L);
      expect("DELETED", ask("delete %s\r\n".formatted(reserved[1])));
    }

    private String ask(String command) throws IOException {
      out.write(command.getBytes(StandardCharsets.US_ASCII));
      StringBuilder line = new StringBuilder();
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) {
          throw new EOFException("beanstalkd has closed the connection");
        }
        line.append((char) next);
      }
      return line.toString().strip();
    }

    private static void expect(String word, String answer) throws IOException {
      if (!answer.startsWith(word)) {
        throw new IOException("beanstalkd: " + answer);
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
