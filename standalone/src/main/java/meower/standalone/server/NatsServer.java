package meower.standalone.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Executables;
import meower.standalone.process.Http;

/** NATS with JetStream on the loopback interface; streams are files in the data folder. */
public final class NatsServer extends Server {
  private static final int PATIENCE_MILLIS = 2_000;
  private static final String QUESTION =
      """
      CONNECT {"verbose":false,"pedantic":false,"name":"supervisor"}\r
      SUB supervisor.answer 1\r
      PUB $JS.API.STREAM.INFO.MEOWS supervisor.answer 0\r
      \r
      """;

  private final Path directory;
  private final int port;
  private final int monitoringPort;

  public NatsServer(DataFolder data, int port, int monitoringPort) {
    super("nats", data);
    this.directory = data.of("nats");
    this.port = port;
    this.monitoringPort = monitoringPort;
  }

  public String url() {
    return "nats://127.0.0.1:" + port;
  }

  @Override
  protected Launch prepare() throws IOException {
    Files.createDirectories(directory);
    return new Launch(
        List.of(
            Executables.require("nats-server").toString(),
            "--addr=127.0.0.1",
            "--port=" + port,
            "--http_port=" + monitoringPort,
            "--jetstream",
            "--store_dir=" + directory),
        directory);
  }

  @Override
  public boolean isReady() {
    return Http.isOk("http://127.0.0.1:" + monitoringPort + "/healthz");
  }

  /**
   * Asks for the state of a stream, whether there is one or not. A server whose disk was full can
   * say that it is healthy and never answer this again.
   */
  @Override
  public boolean isStuck() {
    try (var socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(QUESTION.getBytes(US_ASCII));
      var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      String line = lines.readLine();
      while (line != null && !line.startsWith("MSG ")) {
        line = lines.readLine();
      }
      return line == null;
    } catch (IOException _) {
      return true;
    }
  }

  @Override
  protected Duration startTimeout() {
    return Duration.ofSeconds(30);
  }
}
