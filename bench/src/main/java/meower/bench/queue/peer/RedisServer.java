package meower.bench.queue.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Executables;
import meower.standalone.server.Launch;
import meower.standalone.server.Server;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** Redis that has what it answers on disk: {@code appendfsync always}. */
public final class RedisServer extends Server {

  public static final String PROGRAM = "redis-server";

  private final Path directory;
  private final int port;

  public RedisServer(DataFolder data, int port) {
    super("redis", data);
    this.directory = data.of("redis");
    this.port = port;
  }

  int port() {
    return port;
  }

  @Override
  protected Launch prepare() throws IOException {
    Files.createDirectories(directory);
    return new Launch(
        List.of(
            Executables.require(PROGRAM).toString(),
            "--bind",
            "127.0.0.1",
            "--port",
            "" + port,
            "--dir",
            directory.toString(),
            "--save",
            "",
            "--appendonly",
            "yes",
            "--appendfsync",
            "always"),
        directory);
  }

  @Override
  public boolean isReady() {
    try (Jedis jedis = new Jedis("127.0.0.1", port)) {
      return "PONG".equals(jedis.ping());
    } catch (JedisException _) {
      return false;
    }
  }

  @Override
  protected Duration startTimeout() {
    return Duration.ofSeconds(30);
  }
}
