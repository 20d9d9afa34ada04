package meower.bench.push;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import meower.standalone.server.Executables;

/** The hubs that people would write with Node, of the folder {@code bench/peers}. */
public final class NodePush {

  private NodePush() {}

  /**
   * Returns the hub that uses ws.
   *
   * @param peers the folder with the hubs and their installed packages
   * @param port for this hub alone
   */
  public static PushContender ws(Path peers, int port, PushContender.Target target) {
    return contender("Node: ws", peers, "ws-hub.js", port, "/", PlainProtocol::new, target);
  }

  public static PushContender socketIo(Path peers, int port, PushContender.Target target) {
    return contender(
        "Node: Socket.IO",
        peers,
        "socketio-hub.js",
        port,
        "/socket.io/?EIO=4&transport=websocket",
        SocketIoProtocol::new,
        target);
  }

  private static PushContender contender(
      String name,
      Path peers,
      String script,
      int port,
      String path,
      Supplier<Protocol> protocol,
      PushContender.Target target) {
    if (!Files.isDirectory(peers.resolve("node_modules"))) {
      throw new IllegalArgumentException("the packages of " + peers + " are not installed: npm ci");
    }
    return new PushContender(
        name, port, path, protocol, () -> new Hub(peers, script, port), target);
  }

  /** Lives as long as the measurement. */
  private static final class Hub implements Publisher {

    private static final byte[] NEW_LINE = {'\n'};

    private final Process process;
    private final OutputStream lines;

    Hub(Path peers, String script, int port) throws IOException {
      process =
          new ProcessBuilder(
                  List.of(Executables.require("node").toString(), script, Integer.toString(port)))
              .directory(peers.toFile())
              .redirectErrorStream(true)
              .start();
      lines = process.getOutputStream();
      var said =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String first = said.readLine();
      if (!"ready".equals(first)) {
        process.destroyForcibly();
        throw new IOException(script + " did not start: " + first);
      }
    }

    @Override
    public void publish(long number) throws IOException {
      lines.write(Text.frame(number, System.nanoTime()));
      lines.write(NEW_LINE);
      lines.flush();
    }

    /** Its input ends, and so does it; one that is busy is ended. */
    @Override
    public void close() throws IOException {
      lines.close();
      try {
        if (!process.waitFor(2, TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        process.destroyForcibly();
      }
    }
  }
}
