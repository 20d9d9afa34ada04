package meower.bench.queue.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Http;
import meower.standalone.server.Launch;
import meower.standalone.server.Server;

/** ElasticMQ: what Amazon's SQS is over HTTP, in the memory of one process. */
public final class ElasticMqServer extends Server {

  private final Path libraries;
  private final Path directory;
  private final int port;

  /**
   * @param libraries the folder with its jars
   */
  public ElasticMqServer(Path libraries, DataFolder data, int port) {
    super("elasticmq", data);
    this.libraries = libraries;
    this.directory = data.of("elasticmq");
    this.port = port;
  }

  int port() {
    return port;
  }

  @Override
  protected Launch prepare() throws IOException {
    Files.createDirectories(directory);
    Path configuration = directory.resolve("elasticmq.conf");
    Files.writeString(
        configuration,
        """
        include classpath("application.conf")
        node-address { protocol = http, host = localhost, port = %1$d, context-path = "" }
        rest-sqs { enabled = true, bind-hostname = "127.0.0.1", bind-port = %1$d, sqs-limits = strict }
        rest-stats { enabled = false }
        """
            .formatted(port));
    return new Launch(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-Dconfig.file=" + configuration,
            "-cp",
            libraries + "/*",
            "org.elasticmq.server.Main"),
        directory);
  }

  @Override
  public boolean isReady() {
    return Http.status("http://127.0.0.1:" + port + "/") != 0;
  }

  @Override
  protected Duration startTimeout() {
    return Duration.ofMinutes(1);
  }
}
