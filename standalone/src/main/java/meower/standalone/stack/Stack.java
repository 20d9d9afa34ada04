package meower.standalone.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import meower.standalone.process.DataFolder;
import meower.standalone.process.LogFile;
import meower.standalone.process.ServerFailedException;
import meower.standalone.process.Wait;
import meower.standalone.server.ElasticsearchServer;
import meower.standalone.server.NatsServer;
import meower.standalone.server.PostgresServer;
import meower.standalone.server.Server;

/**
 * All of Meower: the servers, the services and nginx, each a process of its own.
 *
 * <p>What ends unexpectedly is started again. What {@link #stop}, {@link #kill} or {@link #pause}
 * was called for stays so until {@link #start(Part)} or {@link #resume}.
 */
public final class Stack implements AutoCloseable {
  private final StackOptions options;
  private final DataFolder data;
  private final Map<Instance, Supervised> parts = new LinkedHashMap<>();
  private final Security security;
  private final NginxServer nginx;
  private final Consumer<String> log;
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("supervisor").daemon().factory());

  /**
   * @param log takes one line per change of state
   */
  public Stack(ProjectLayout project, StackOptions options, Consumer<String> log) {
    this.options = options;
    this.log = log;
    this.data = new DataFolder(options.data());
    var ports = options.ports();
    this.security = new Security(project, data, ports.tls(), options.doors().certificate());
    this.nginx = new NginxServer(project, data, options, security);
    add(
        Part.POSTGRES,
        new PostgresServer(
            project.postgresHome(),
            data,
            ports.of(Part.POSTGRES),
            Optional.of(security.protection())),
        log);
    add(
        Part.NATS,
        new NatsServer(
            data, ports.of(Part.NATS), ports.natsMonitoring(), Optional.of(security.protection())),
        log);
    add(
        Part.ELASTICSEARCH,
        new ElasticsearchServer(
            project.elasticsearchHome(),
            data,
            ports.of(Part.ELASTICSEARCH),
            ports.elasticsearchTransport(),
            "512m",
            Optional.of(security.protection())),
        log);
    for (Part service : Part.SERVICES) {
      ports.all(service).forEach(instance -> add(instance, service(instance, project), log));
    }
    add(Part.NGINX, nginx, log);
  }

  private ServiceProcess service(Instance instance, ProjectLayout project) {
    return new ServiceProcess(instance, project, data, options);
  }

  private void add(Part part, Server server, Consumer<String> log) {
    add(Instance.first(part), server, log);
  }

  private void add(Instance instance, Server server, Consumer<String> log) {
    parts.put(instance, new Supervised(server, scheduler, log));
  }

  /** Where the page is. */
  public String url() {
    return options.doors().certificate().stream()
        .flatMap(own -> own.names().stream())
        .findFirst()
        .map(options.ports()::url)
        .orElseGet(options.ports()::url);
  }

  /** What somebody who wants to connect has to know, a line each. */
  public List<String> hints() {
    var hints = new ArrayList<String>();
    var own = options.doors().certificate();
    own.ifPresent(
        shown -> hints.add("Its certificate, " + shown.certificate() + ", ends " + shown.end()));
    if (options.ports().tls() && own.isEmpty()) {
      hints.add(
          "Its certificate is signed by " + Security.ca(data) + ", for curl --cacert, wscat --ca");
    }
    if (options.members()) {
      hints.add("Only programs may read it and post: ./meower program add NAME");
    }
    return hints;
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
      security.prepare();
    } catch (IOException e) {
      throw new ServerFailedException("cannot write to " + data.root(), e);
    }
    PortInUseException.check(options);
    new Start(parts, progress).run();
    awaitHealthy(Start.TIMEOUT);
    var _ =
        scheduler.scheduleWithFixedDelay(
            this::renewCertificates,
            Renewal.EVERY.toMillis(),
            Renewal.EVERY.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** Renews what ends soon while everything runs; no connection is lost. */
  public void renewCertificates() {
    new Renewal(security, parts.values().stream().map(Supervised::server).toList(), log).run();
  }

  /** Returns when nginx says that all services answer. */
  public void awaitHealthy(Duration timeout) {
    Wait.until(
        nginx::isHealthy,
        timeout,
        () -> new ServerFailedException("nginx is not healthy", nginx.lastLogLines()));
  }

  /** Starts one instance again and returns when it is ready. */
  public void start(Instance instance) {
    var supervised = supervised(instance);
    supervised.up();
    supervised.server().start();
  }

  /** Ends one instance properly. */
  public void stop(Instance instance) {
    supervised(instance).down();
    server(instance).stop();
  }

  /**
   * Ends one instance with SIGKILL. It stays down; to see it come back by itself, kill the process
   * {@link #pid} names.
   */
  public void kill(Instance instance) {
    supervised(instance).down();
    server(instance).kill();
  }

  public void pause(Instance instance) {
    server(instance).pause();
  }

  public void resume(Instance instance) {
    server(instance).resume();
  }

  public boolean isAlive(Instance instance) {
    return server(instance).isAlive();
  }

  public boolean isReady(Instance instance) {
    return server(instance).isReady();
  }

  public OptionalLong pid(Instance instance) {
    return server(instance).pid();
  }

  // The same for the first, and usually only, instance of a part.

  public void start(Part part) {
    start(Instance.first(part));
  }

  public void stop(Part part) {
    stop(Instance.first(part));
  }

  public void kill(Part part) {
    kill(Instance.first(part));
  }

  public void pause(Part part) {
    pause(Instance.first(part));
  }

  public void resume(Part part) {
    resume(Instance.first(part));
  }

  public boolean isAlive(Part part) {
    return isAlive(Instance.first(part));
  }

  public OptionalLong pid(Part part) {
    return pid(Instance.first(part));
  }

  /**
   * Stops everything, in the reverse order of dependence, so that nothing misses what it needs to
   * finish.
   */
  @Override
  public void close() {
    parts.values().forEach(Supervised::retire);
    scheduler.shutdownNow();
    List.of(List.of(Part.NGINX), Part.SERVICES, Part.SERVERS).forEach(this::stopAll);
  }

  private void stopAll(List<Part> group) {
    var stops =
        parts.entrySet().stream()
            .filter(entry -> group.contains(entry.getKey().part()))
            .map(entry -> entry.getValue().server())
            .map(server -> CompletableFuture.runAsync(server::stop, Thread::startVirtualThread));
    CompletableFuture.allOf(stops.toArray(CompletableFuture<?>[]::new)).join();
  }

  public Server server(Instance instance) {
    return supervised(instance).server();
  }

  public List<LogFile> requestLogs() {
    return nginx.requestLogs();
  }

  private Supervised supervised(Instance instance) {
    var supervised = parts.get(instance);
    if (supervised == null) {
      throw new IllegalArgumentException("no such instance: " + instance.label());
    }
    return supervised;
  }
}
