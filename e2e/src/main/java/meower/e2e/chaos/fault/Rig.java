package meower.e2e.chaos.fault;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import meower.standalone.preparation.Preparation;
import meower.standalone.process.DataFolder;
import meower.standalone.process.ServerFailedException;
import meower.standalone.proxy.Limits;
import meower.standalone.server.PostgresServer;
import meower.standalone.stack.Part;
import meower.standalone.stack.PortPlan;
import meower.standalone.stack.ProjectLayout;
import meower.standalone.stack.Stack;
import meower.standalone.stack.StackOptions;

/** A whole Meower with handles for breaking it. */
public final class Rig implements AutoCloseable {

  private static final List<Part> WITH_DISKS =
      List.of(Part.POSTGRES, Part.NATS, Part.ELASTICSEARCH);

  private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

  private final ProjectLayout project;
  private final DataFolder data;
  private final PortPlan ports;
  private final Stack stack;
  private final Disks disks;
  private final Clocks clocks;
  private final List<FaultKind> available;
  private final Consumer<String> log;
  private final Queue<Thread> starts = new ConcurrentLinkedQueue<>();

  /**
   * @param log takes one line per change of state
   */
  public Rig(Path folder, PortPlan ports, Consumer<String> log)
      throws IOException, InterruptedException {
    this.project = ProjectLayout.find();
    Preparation.prepare(project);
    this.data = new DataFolder(folder);
    this.ports = ports;
    this.log = log;
    this.disks = new Disks(data);
    this.clocks = new Clocks(folder.resolve("clocks"));
    this.available = findAvailable();
    this.stack =
        new Stack(
            project,
            new StackOptions(folder, ports)
                .with(Limits.NOT_FOR_THIS_MACHINE)
                .with(clocks::environment),
            log);
  }

  private List<FaultKind> findAvailable() throws IOException, InterruptedException {
    var available = new ArrayList<>(List.of(FaultKind.KILL, FaultKind.FREEZE, FaultKind.RESTART));
    if (Resets.areAvailable()) {
      available.add(FaultKind.RESET);
    }
    if (Disks.areAvailable()) {
      available.add(FaultKind.FULL_DISK);
    }
    if (clocks.areAvailable()) {
      available.add(FaultKind.CLOCK_STEP);
    }
    return List.copyOf(available);
  }

  /** What can be done on this machine, by us. */
  public List<FaultKind> available() {
    return available;
  }

  public PortPlan ports() {
    return ports;
  }

  /** Where all of it is written. */
  public DataFolder data() {
    return data;
  }

  public String url() {
    return ports.tls() ? ports.url() : "http://127.0.0.1:" + ports.nginx();
  }

  public void start() throws IOException, InterruptedException {
    data.create();
    if (available.contains(FaultKind.FULL_DISK)) {
      try (var postgres =
          new PostgresServer(project.postgresHome(), data, ports.of(Part.POSTGRES))) {
        postgres.start(); // its files have to be there before they can move to another disk
      }
      for (var part : WITH_DISKS) {
        disks.mount(part.label());
      }
    }
    stack.start((instance, after) -> log.accept(instance.label() + " ready after " + after));
  }

  /**
   * Does it, and undoes it after its time. Of a part that ends, the fault is over when a service or
   * nginx is started again, and when a server (somebody else's program) has finished starting.
   *
   * @param strength from 0 to 1: how long, or how far
   * @return when it was over, in {@link System#nanoTime()}
   */
  public long strike(Fault fault, double strength) throws IOException, InterruptedException {
    var target = fault.target();
    return switch (fault.kind()) {
      case KILL -> {
        stack.kill(target);
        Thread.sleep(between(0, 3_000, strength));
        yield startAgain(fault);
      }
      case RESTART -> {
        stack.stop(target);
        yield startAgain(fault);
      }
      case FREEZE -> {
        stack.pause(target);
        Thread.sleep(between(1_000, 15_000, strength));
        stack.resume(target);
        yield System.nanoTime();
      }
      case RESET -> reset(fault, between(200, 3_000, strength));
      case FULL_DISK -> fillDisk(fault, between(2_000, 6_000, strength));
      case CLOCK_STEP -> stepClock(fault, strength);
    };
  }

  /** Of a service there may be another instance: whether all works is asked while it starts. */
  private long startAgain(Fault fault) {
    if (WITH_DISKS.contains(fault.target().part())) {
      start(fault);
    } else {
      starts.add(Thread.startVirtualThread(() -> start(fault)));
    }
    return System.nanoTime();
  }

  private void start(Fault fault) {
    try {
      stack.start(fault.target());
    } catch (ServerFailedException e) {
      log.accept(e.getMessage()); // what does not come back is seen by the probe
    }
  }

  /** Returns when everything is started that was ended. */
  public void awaitStarts() throws InterruptedException {
    for (var start = starts.poll(); start != null; start = starts.poll()) {
      start.join(START_TIMEOUT);
    }
  }

  private long reset(Fault fault, Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      Resets.strike(ports.of(fault.target()));
      if (fault.target().part() == Part.NGINX && ports.tls()) {
        Resets.strike(ports.secure());
      }
      Thread.sleep(150);
    }
    return System.nanoTime();
  }

  private long fillDisk(Fault fault, Duration time) throws IOException, InterruptedException {
    String server = fault.target().label();
    disks.fill(server);
    try {
      Thread.sleep(time);
    } finally {
      disks.empty(server);
    }
    return System.nanoTime();
  }

  private long stepClock(Fault fault, double strength) throws InterruptedException {
    int seconds = (int) Math.round(240 * strength - 120);
    clocks.set(fault.target(), seconds);
    try {
      Thread.sleep(between(3_000, 6_000, strength));
    } finally {
      clocks.set(fault.target(), 0);
    }
    return System.nanoTime();
  }

  private static Duration between(int fromMillis, int toMillis, double strength) {
    return Duration.ofMillis(fromMillis + Math.round((toMillis - fromMillis) * strength));
  }

  @Override
  public void close() {
    stack.close();
    disks.close();
  }
}
