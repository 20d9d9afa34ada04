package meower.standalone;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import meower.standalone.server.DataFolder;
import meower.standalone.server.ElasticsearchServer;
import meower.standalone.server.LogFile;
import meower.standalone.server.NatsServer;
import meower.standalone.server.PostgresServer;
import meower.standalone.server.Server;
import meower.standalone.server.ServerFailedException;
import meower.standalone.server.Wait;

/**
 * All of Meower: the servers, the services and nginx, each a process of its own.
 *
 * <p>What ends unexpectedly is started again. What {@link #stop}, {@link #kill} or {@link #pause}
 * was called for stays so until {@link #start(Part)} or {@link #resume}.
 */
public final class Stack implements AutoCloseable {
  private final StackOptions options;
  private final DataFolder data;
  private final Map<Part, Supervised> parts = new EnumMap<>(Part.class);
  private final NginxServer nginx;
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("supervisor").daemon().factory());

  /**
   * @param log takes one line per change of state
   */
  public Stack(ProjectLayout project, StackOptions options, Consumer<String> log) {
    this.options = options;
    this.data = new DataFolder(options.data());
    var ports = options.ports();
    this.nginx = new NginxServer(project, data, ports, options.limit());
    add(
        Part.POSTGRES,
        new PostgresServer(project.postgresHome(), data, ports.of(Part.POSTGRES)),
        log);
    add(Part.NATS, new NatsServer(data, ports.of(Part.NATS), ports.natsMonitoring()), log);
    add(
        Part.ELASTICSEARCH,
        new ElasticsearchServer(
            project.elasticsearchHome(),
            data,
            ports.of(Part.ELASTICSEARCH),
            ports.elasticsearchTransport(),
            "256m"),
        log);
    for (Part service : Part.SERVICES) {
      var settings = ServiceSettings.of(service, ports);
      add(service, new ServiceProcess(service, project, data, ports, settings), log);
    }
    add(Part.NGINX, nginx, log);
  }

  private void add(Part part, Server server, Consumer<String> log) {
    parts.put(part, new Supervised(server, scheduler, log));
  }

  /** Where the page is. */
  public String url() {
    return "http://localhost:" + options.ports().nginx();
  }

  public PortPlan ports() {
    return options.ports();
  }

  DataFolder data() {
    return data;
  }

  /**
   * Starts everything and returns when all of it is ready and healthy.
   *
   * @throws PortInUseException before anything was started
   * @throws ServerFailedException naming the part that did not come up, with its last log lines;
   *     the others keep running until {@link #close()}
   */
  public void start(StartProgress progress) {
    try {
      data.create();
    } catch (IOException e) {
      throw new ServerFailedException("cannot write to " + data.root(), e);
    }
    PortInUseException.check(options.ports());
    new Start(parts, progress, options.startTimeout()).run();
    awaitHealthy(options.startTimeout());
  }

  /** Returns when nginx says that all services answer. */
  public void awaitHealthy(Duration timeout) {
    Wait.until(
        nginx::isHealthy,
        timeout,
        () -> new ServerFailedException("nginx is not healthy", nginx.lastLogLines()));
  }

  /** Starts one part again and returns when it is ready. */
  public void start(Part part) {
    var supervised = part(part);
    supervised.up();
    supervised.server().start();
  }

  /** Ends one part properly. */
  public void stop(Part part) {
    part(part).down();
    server(part).stop();
  }

  /**
   * Ends one part with SIGKILL. It stays down; to see it come back by itself, kill the process
   * {@link #pid} names.
   */
  public void kill(Part part) {
    part(part).down();
    server(part).kill();
  }

  public void pause(Part part) {
    server(part).pause();
  }

  public void resume(Part part) {
    server(part).resume();
  }

  public boolean isAlive(Part part) {
    return server(part).isAlive();
  }

  public boolean isReady(Part part) {
    return server(part).isReady();
  }

  public OptionalLong pid(Part part) {
    return server(part).pid();
  }

  /**
   * Stops everything, in the reverse order of dependence, so that nothing misses what it needs to
   * finish.
   */
  @Override
  public void close() {
    parts.values().forEach(Supervised::retire);
    scheduler.shutdownNow();
    List.of(List.of(Part.NGINX), Part.SERVICES, Part.SERVERS)
        .forEach(group -> group.parallelStream().map(this::server).forEach(Server::stop));
  }

  Server server(Part part) {
    return part(part).server();
  }

  LogFile accessLog() {
    return nginx.accessLog();
  }

  private Supervised part(Part part) {
    var supervised = parts.get(part);
    if (supervised == null) {
      throw new IllegalArgumentException("no such part: " + part);
    }
    return supervised;
  }
}
