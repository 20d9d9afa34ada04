package meower.testservers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import meower.standalone.process.Http;
import meower.standalone.process.Ports;
import meower.standalone.server.PostgresServer;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** The servers as containers, with the images that docker-compose.yaml uses. */
final class ContainerBackend implements Backend {
  private static final int POSTGRES_PORT = 5432;
  private static final int NATS_PORT = 4222;
  private static final int NATS_MONITORING_PORT = 8222;
  private static final int ELASTICSEARCH_PORT = 9200;

  private final List<ContainerControls> containers = new ArrayList<>();

  @Override
  public Controls postgres(int port) {
    var container =
        new GenericContainer<>(DockerImageName.parse(Images.POSTGRES))
            .withEnv("POSTGRES_USER", PostgresServer.USER)
            .withEnv("POSTGRES_PASSWORD", PostgresServer.PASSWORD);
    return add(
        container,
        Map.of(port, POSTGRES_PORT),
        host ->
            PostgresServer.answers(
                "jdbc:postgresql://" + host + ":" + port + "/" + PostgresServer.DATABASE));
  }

  @Override
  public Controls nats(int port) {
    int monitoring = Ports.free();
    var container =
        new GenericContainer<>(DockerImageName.parse(Images.NATS))
            .withCommand("-js", "-sd", "/data", "-m", "" + NATS_MONITORING_PORT);
    return add(
        container,
        Map.of(port, NATS_PORT, monitoring, NATS_MONITORING_PORT),
        host -> Http.isOk("http://" + host + ":" + monitoring + "/healthz"));
  }

  @Override
  public Controls elasticsearch(int port) {
    var container =
        new GenericContainer<>(DockerImageName.parse(Images.ELASTICSEARCH))
            .withEnv("discovery.type", "single-node")
            .withEnv("xpack.security.enabled", "false")
            .withEnv("cluster.routing.allocation.disk.threshold_enabled", "false")
            .withEnv("ES_JAVA_OPTS", "-Xms512m -Xmx512m");
    return add(
        container,
        Map.of(port, ELASTICSEARCH_PORT),
        host ->
            Http.isOk(
                "http://"
                    + host
                    + ":"
                    + port
                    + "/_cluster/health?wait_for_status=yellow&timeout=1s"));
  }

  private Controls add(
      GenericContainer<?> container, Map<Integer, Integer> ports, ContainerControls.Probe probe) {
    var controls = new ContainerControls(container, ports, probe, Duration.ofMinutes(3));
    containers.add(controls);
    return controls;
  }

  @Override
  public void close() {
    containers.forEach(ContainerControls::remove);
  }
}
