package meower.testservers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports.Binding;
import java.time.Duration;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.startupcheck.IsRunningStartupCheckStrategy;

/**
 * One container that can be stopped and started again. Testcontainers only knows containers that
 * are used once and whose ports change, hence the fixed ports and the engine's own commands.
 */
final class ContainerControls implements Controls {
  private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

  private final GenericContainer<?> container;
  private final Map<Integer, Integer> ports;
  private final Probe probe;
  private final Duration startTimeout;
  private boolean running;

  /** Whether the server on this host does its work, now. */
  interface Probe {
    boolean isReady(String host);
  }

  /**
   * @param ports the container's ports by the host's
   */
  ContainerControls(
      GenericContainer<?> container,
      Map<Integer, Integer> ports,
      Probe probe,
      Duration startTimeout) {
    this.container = container;
    this.ports = ports;
    this.probe = probe;
    this.startTimeout = startTimeout;
    container
        .withExposedPorts(ports.values().toArray(Integer[]::new))
        .withStartupCheckStrategy(new IsRunningStartupCheckStrategy())
        .waitingFor(new NoWait())
        .withCreateContainerCmdModifier(this::bindPorts);
  }

  private void bindPorts(CreateContainerCmd command) {
    var host = command.getHostConfig();
    if (host == null) {
      throw new IllegalStateException("a container without host settings");
    }
    host.withPortBindings(
        ports.entrySet().stream()
            .map(p -> new PortBinding(binding(p.getKey()), ExposedPort.tcp(p.getValue())))
            .toList());
  }

  /** A Docker engine on another host must publish on more than its own loopback interface. */
  private Binding binding(int port) {
    return host().equals("localhost")
        ? Binding.bindIpAndPort("127.0.0.1", port)
        : Binding.bindPort(port);
  }

  @Override
  public String host() {
    return container.getHost();
  }

  @Override
  public synchronized void start() {
    if (running) {
      return;
    }
    if (container.getContainerId() == null) {
      container.start();
    } else {
      docker().startContainerCmd(container.getContainerId()).exec();
    }
    running = true;
    awaitReady();
  }

  private void awaitReady() {
    long deadline = System.nanoTime() + startTimeout.toNanos();
    while (!probe.isReady(host())) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            container.getDockerImageName()
                + " was not ready in time; it logged:\n"
                + container.getLogs());
      }
      try {
        Thread.sleep(POLL_INTERVAL);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  @Override
  public synchronized void stop() {
    if (running) {
      docker().stopContainerCmd(container.getContainerId()).withTimeout(20).exec();
      running = false;
    }
  }

  @Override
  public synchronized void kill() {
    if (running) {
      docker().killContainerCmd(container.getContainerId()).exec();
      running = false;
    }
  }

  @Override
  public void pause() {
    docker().pauseContainerCmd(container.getContainerId()).exec();
  }

  @Override
  public void resume() {
    docker().unpauseContainerCmd(container.getContainerId()).exec();
  }

  void remove() {
    container.stop();
  }

  private DockerClient docker() {
    return container.getDockerClient();
  }
}
