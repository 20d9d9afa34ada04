package meower.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.api.ClusterInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import meower.nats.NatsLink;
import meower.nats.NatsProperties;
import meower.nats.NatsUnavailableException;
import meower.schema.MeowStream;
import meower.standalone.process.Executables;
import meower.standalone.process.Ports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three real servers, of which one is cut off from the other two, and not from its clients. */
class QuorumWatchIntegrationTests {

  private static final int SERVERS = 3;
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;

  private final List<Integer> clientPorts = new ArrayList<>();
  private final List<Process> servers = new ArrayList<>();
  private final List<List<CutRoutes>> routes = new ArrayList<>();
  private volatile int cutOff = -1;
  private NatsProperties properties;
  private NatsLink link;
  private Streams streams;

  @BeforeEach
  void startCluster() throws Exception {
    List<Integer> clusterPorts = new ArrayList<>();
    for (int i = 0; i < SERVERS; i++) {
      clientPorts.add(Ports.free());
      clusterPorts.add(Ports.free());
    }
    for (int from = 0; from < SERVERS; from++) {
      routes.add(new ArrayList<>());
      for (int to = 0; to < SERVERS; to++) {
        int a = from;
        int b = to;
        routes.get(from).add(new CutRoutes(clusterPorts.get(to), () -> cutOff == a || cutOff == b));
      }
    }
    for (int i = 0; i < SERVERS; i++) {
      servers.add(start(i, clusterPorts.get(i)));
    }
    properties =
        new NatsProperties(
            clientPorts.stream()
                .map(port -> "nats://127.0.0.1:" + port)
                .collect(Collectors.joining(",")),
            SERVERS,
            Duration.ofSeconds(2));
    link = new NatsLink(properties, "quorum test");
    streams = new Streams(link, properties);
    link.start();
    await().atMost(SOON).ignoreExceptions().until(() -> streams.ensureMeows() != null);
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(() ->
            QuorumWatch.reasonToLeave(
                    Objects.requireNonNull(streams.findMeows().orElseThrow().getClusterInfo()))
                == null);
  }

  @AfterEach
  void stopCluster() throws Exception {
    link.stop();
    servers.forEach(Process::destroyForcibly);
    for (Process server : servers) {
      server.waitFor();
    }
    for (List<CutRoutes> of : routes) {
      for (CutRoutes route : of) {
        route.close();
      }
    }
  }

  @Test
  void leavesAServerThatIsCutOffFromTheOthers() throws Exception {
    QuorumWatch watch = new QuorumWatch(link, streams, properties);
    watch.start();
    try {
      String lonely = server();

      cutOff(lonely);

      await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> canPublish());
      assertThat(server()).isNotEqualTo(lonely);
    } finally {
      watch.stop();
    }
  }

  @Test
  void staysWhereItIsAsLongAsTheServerHasOthers() throws Exception {
    QuorumWatch watch = new QuorumWatch(link, streams, properties);
    watch.start();
    try {
      String first = server();

      cutOff(oneThatNeitherServesNorLeads());

      await().during(Duration.ofSeconds(8)).atMost(SOON).until(() -> server().equals(first));
      assertThat(canPublish()).isTrue();
    } finally {
      watch.stop();
    }
  }

  /** The election of another one takes longer than the patience with a server: it may be left. */
  @Test
  void comesToRestWhereOthersAreWhenTheLeaderIsCutOff() throws Exception {
    leadFromAnotherServer();
    QuorumWatch watch = new QuorumWatch(link, streams, properties);
    watch.start();
    try {
      String lonely = leader();

      cutOff(lonely);

      await()
          .atMost(SOON)
          .during(Duration.ofSeconds(6))
          .ignoreExceptions()
          .until(() -> !server().equals(lonely) && canPublish());
    } finally {
      watch.stop();
    }
  }

  /** Why there is a watch: the client sees nothing wrong. */
  @Test
  void nobodyElseNoticesThatAServerIsCutOff() throws Exception {
    String lonely = server();

    cutOff(lonely);

    await()
        .during(Duration.ofSeconds(15))
        .atMost(SOON)
        .until(() -> link.isConnected() && server().equals(lonely));
  }

  private Process start(int number, int clusterPort) throws IOException {
    Path home = Files.createDirectories(folder.resolve("s" + number));
    String others =
        routes.get(number).stream()
            .filter(route -> routes.get(number).indexOf(route) != number)
            .map(route -> "\"nats://127.0.0.1:" + route.port() + "\"")
            .collect(Collectors.joining(", "));
    // Nobody finds a way of their own: what is advertised leads nowhere.
    Path configuration =
        Files.writeString(
            home.resolve("nats.conf"),
            """
            server_name: s%d
            listen: 127.0.0.1:%d
            jetstream { store_dir: "%s" }
            cluster {
              name: test
              listen: 127.0.0.1:%d
              advertise: "127.0.0.1:1"
              no_advertise: true
              routes: [%s]
            }
            """
                .formatted(
                    number, clientPorts.get(number), home.resolve("data"), clusterPort, others));
    return new ProcessBuilder(
            Executables.require("nats-server").toString(), "-c", configuration.toString())
        .redirectErrorStream(true)
        .redirectOutput(home.resolve("log").toFile())
        .start();
  }

  private void cutOff(String server) {
    int number = Integer.parseInt(server.substring(1));
    cutOff = number;
    for (int i = 0; i < SERVERS; i++) {
      routes.get(number).get(i).cut();
      routes.get(i).get(number).cut();
    }
  }

  private String oneThatNeitherServesNorLeads() throws Exception {
    List<String> busy = List.of(server(), leader());
    return IntStream.range(0, SERVERS)
        .mapToObj(number -> "s" + number)
        .filter(server -> !busy.contains(server))
        .findFirst()
        .orElseThrow();
  }

  private String leader() throws Exception {
    ClusterInfo cluster =
        Objects.requireNonNull(streams.findMeows().orElseThrow().getClusterInfo());
    return Objects.requireNonNull(cluster.getLeader());
  }

  private void leadFromAnotherServer() throws Exception {
    if (leader().equals(server())) {
      link.connection().request("$JS.API.STREAM.LEADER.STEPDOWN." + MeowStream.NAME, null, SOON);
    }
    await().atMost(SOON).ignoreExceptions().until(() -> !leader().equals(server()));
  }

  private String server() throws NatsUnavailableException {
    return link.connection().getServerInfo().getServerName();
  }

  private boolean canPublish() throws Exception {
    return link.connection().jetStream().publish("meow.created", new byte[] {1}).getSeqno() > 0;
  }
}
