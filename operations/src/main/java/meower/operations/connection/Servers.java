package meower.operations.connection;

import io.nats.client.AuthenticationException;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import meower.nats.NatsOptions;
import meower.standalone.stack.ProjectLayout;
import meower.standalone.stack.RunningStack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Connects a command to NATS, over which it reaches whoever can answer.
 *
 * <p>It is the server that the environment names; else that of the stack which {@code ./meower up}
 * has started with the data folder.
 */
public final class Servers {

  private static final Duration CONNECT = Duration.ofSeconds(5);

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "the data folder of the stack (./data)")
  private @Nullable Path data;

  private @Nullable Settings settings;
  private @Nullable Path found;

  /** For tests: these servers and no others. */
  public static Servers of(Settings settings) {
    Servers servers = new Servers();
    servers.settings = settings;
    return servers;
  }

  /** What is done with a connection to NATS. */
  @FunctionalInterface
  public interface NatsWork<T> {
    T run(Connection connection) throws Exception;
  }

  /**
   * Does something with a connection to NATS and closes it.
   *
   * @throws OperationFailedException if NATS does not answer
   */
  public <T> T withNats(NatsWork<T> work) throws Exception {
    Connection connection = nats();
    try {
      return work.run(connection);
    } finally {
      connection.close();
    }
  }

  private Connection nats() throws InterruptedException {
    Settings to = settings();
    try {
      return Nats.connect(
          NatsOptions.to(to.natsUrl(), to.login(), to.trust())
              .connectionName("meower operations")
              .connectionTimeout(CONNECT)
              .build());
    } catch (AuthenticationException e) {
      throw new OperationFailedException(
          "NATS at "
              + to.natsUrl()
              + " does not let this command in. Set MEOWER_NATS_USERNAME and"
              + " MEOWER_NATS_PASSWORD",
          e);
    } catch (IOException e) {
      throw new OperationFailedException(
          "NATS does not answer at " + to.natsUrl() + ". Start it, or wait until it is back", e);
    }
  }

  /** Returns where the stack has its data and logs; nothing where the environment named NATS. */
  public Optional<Path> dataFolder() {
    settings();
    return Optional.ofNullable(found);
  }

  private Settings settings() {
    Settings known = settings;
    if (known == null) {
      Map<String, String> environment = System.getenv();
      known = Settings.of(Settings.isIn(environment) ? environment : find().settings());
      settings = known;
    }
    return known;
  }

  private RunningStack find() {
    Path folder = data == null ? ProjectLayout.find().root().resolve("data") : data;
    RunningStack stack = RunningStack.find(folder);
    found = folder;
    return stack;
  }
}
