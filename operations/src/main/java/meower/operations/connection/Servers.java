package meower.operations.connection;

import co.elastic.clients.elasticsearch.ElasticsearchClient;
import co.elastic.clients.json.jackson.Jackson3JsonpMapper;
import co.elastic.clients.transport.rest_client.RestClientTransport;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import meower.standalone.stack.ProjectLayout;
import meower.standalone.stack.RunningStack;
import org.apache.http.HttpHost;
import org.elasticsearch.client.RestClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Connects a command to the servers of the stack that it is about.
 *
 * <p>These are the ones that the environment names; else those of the stack that {@code ./meower
 * up} has started with the data folder.
 */
public final class Servers {

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "the data folder of the stack (./data)")
  private @Nullable Path data;

  private @Nullable Settings settings;

  /** For tests: these servers and no others. */
  public static Servers of(Settings settings) {
    Servers servers = new Servers();
    servers.settings = settings;
    return servers;
  }

  /**
   * Connects to Postgres.
   *
   * @throws OperationFailedException if it does not answer
   */
  public java.sql.Connection postgres() {
    Settings to = settings();
    Properties properties = new Properties();
    properties.setProperty("user", to.postgresUser());
    properties.setProperty("password", to.postgresPassword());
    properties.setProperty("connectTimeout", "" + CONNECT.toSeconds());
    properties.setProperty("socketTimeout", "" + ANSWER.toSeconds());
    properties.setProperty("ApplicationName", "meower operations");
    try {
      return DriverManager.getConnection(to.postgresUrl(), properties);
    } catch (SQLException e) {
      throw unreachable("Postgres", to.postgresUrl(), e);
    }
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
          Options.builder()
              .servers(to.natsUrl().split(","))
              .connectionName("meower operations")
              .connectionTimeout(CONNECT)
              .build());
    } catch (IOException e) {
      throw unreachable("NATS", to.natsUrl(), e);
    }
  }

  /** Returns a client of Elasticsearch; whether that answers shows at the first request. */
  public ElasticsearchClient elasticsearch() {
    HttpHost[] hosts =
        Arrays.stream(settings().elasticsearchUrl().split(","))
            .map(String::strip)
            .map(HttpHost::create)
            .toArray(HttpHost[]::new);
    return new ElasticsearchClient(
        new RestClientTransport(
            RestClient.builder(hosts)
                .setRequestConfigCallback(request ->
                    request
                        .setConnectTimeout((int) CONNECT.toMillis())
                        .setSocketTimeout((int) ANSWER.toMillis()))
                .build(),
            new Jackson3JsonpMapper()));
  }

  private Settings settings() {
    Settings known = settings;
    if (known == null) {
      Map<String, String> environment = System.getenv();
      known =
          Settings.of(
              Settings.isIn(environment) ? environment : RunningStack.find(folder()).settings());
      settings = known;
    }
    return known;
  }

  private Path folder() {
    return data == null ? ProjectLayout.find().root().resolve("data") : data;
  }

  static OperationFailedException unreachable(String server, String address, Exception e) {
    return new OperationFailedException(
        server + " does not answer at " + address + ". Start it, or wait until it is back", e);
  }
}
