package meower.e2e.chaos.program.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import meower.e2e.access.Transport;
import meower.e2e.chaos.checker.Checker;
import meower.e2e.chaos.history.Texts;
import meower.e2e.chaos.load.Probe.Duty;
import meower.e2e.chaos.program.checker.ProgramChecker;
import meower.e2e.chaos.program.history.FedMessage;
import meower.e2e.chaos.program.history.FeedHistory;
import meower.e2e.chaos.program.history.QueueHistory;
import tools.jackson.databind.JsonNode;

/**
 * A program with everything that a program can have: sockets over which it says meows, queues that
 * it fills and works off, a receiver, and a status API. Each of its parts is a thread.
 */
public final class ProgramLoad implements AutoCloseable {

  private static final int SOCKETS = 2;
  private static final int PUBLISHERS = 2;
  private static final int WORKERS = 4;
  private static final int READERS_OF_TOPIC = 2;

  /** How much less is published into the other queues. */
  private static final int LESS = 5;

  private static final Duration PUSH_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Checker meows;
  private final ProgramChecker checker;
  private final ProgramOptions options;
  private final String program;
  private final ProgramClient client;
  private final QueueDesk desk;
  private final Receiver receiver;
  private final StatusServer status;
  private final Sightings sightings;
  private final ProgramProbe probe;
  private final List<Worker> workers = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final CountDownLatch writing = new CountDownLatch(SOCKETS + PUBLISHERS + 2);
  private volatile boolean isWriting = true;
  private volatile boolean isOpen = true;

  /**
   * Begins to listen; nothing is sent before {@link #start}.
   *
   * @param program its name
   * @param secret as the operator got it
   */
  public ProgramLoad(
      URI base,
      Transport transport,
      String program,
      String secret,
      Checker meows,
      ProgramChecker checker,
      ProgramOptions options)
      throws IOException {
    this.meows = meows;
    this.checker = checker;
    this.options = options;
    this.program = program;
    this.client = new ProgramClient(base, transport, program, secret, meows.failures());
    this.desk = new QueueDesk(client);
    this.receiver = new Receiver(checker, PUSH_TIMEOUT.multipliedBy(2));
    this.status = new StatusServer(checker.presence());
    this.sightings = new Sightings(client, checker.presence(), program, options.sightings());
    this.probe = new ProgramProbe(client, sightings, path("probe"));
  }

  /** Defines what it has, and goes on when the receiver has been asked whether it is one. */
  public void start() throws IOException, InterruptedException {
    define();
    for (int i = 0; i < SOCKETS; i++) {
      var poster = new SocketPoster(client, meows, each(options.said(), SOCKETS));
      write("says-" + i, () -> poster.run(() -> isWriting));
    }
    var numbers = new AtomicInteger();
    for (int i = 0; i < PUBLISHERS; i++) {
      publish(checker.work(), each(options.messages(), PUBLISHERS), numbers);
    }
    publish(checker.kept(), each(options.messages(), 1).multipliedBy(LESS), new AtomicInteger());
    publish(checker.pushed(), each(options.messages(), 1).multipliedBy(LESS), new AtomicInteger());
    for (int i = 0; i < WORKERS; i++) {
      work(new Worker(client, checker.work(), path("work"), _ -> {}));
    }
    for (int i = 0; i < READERS_OF_TOPIC; i++) {
      work(
          new Worker(
              client, checker.topic(), path("topic"), m -> understand(m, checker.topicFeed())));
    }
    start("reports", () -> sightings.report(() -> isWriting));
    start("reads who is here", () -> sightings.read(() -> isOpen));
  }

  private void define() throws IOException, InterruptedException {
    for (String queue : List.of("work", "kept", "probe")) {
      desk.define(path(queue), "{\"max_deliveries\":20}");
    }
    desk.define(
        path("topic"), "{\"max_deliveries\":100,\"feed\":{\"topics\":[\"" + Texts.TOPIC + "\"]}}");
    desk.define(path("whole"), "{\"feed\":{}}");
    desk.define("/presence", "{\"status_url\":\"" + status.url() + "\"}");
    var pushed =
        desk.define(
            path("pushed"),
            "{\"push\":{\"url\":\"%s\",\"timeout\":\"%ds\"}}"
                .formatted(receiver.url(), PUSH_TIMEOUT.toSeconds()));
    receiver.verifyWith(pushed.get("secret").stringValue());
    await(Duration.ofSeconds(30), () -> desk.isVerified(path("pushed")));
  }

  private String path(String queue) {
    return "/queues/" + program + "-" + queue;
  }

  private static Duration each(int perSecond, int threads) {
    return Duration.ofSeconds(threads).dividedBy(Math.max(1, perSecond));
  }

  private void publish(QueueHistory history, Duration pause, AtomicInteger numbers) {
    var publisher = new Publisher(client, history, path(history.queue()), pause, numbers);
    write("publishes-" + history.queue(), () -> publisher.run(() -> isWriting));
  }

  private void work(Worker worker) {
    workers.add(worker);
    start("worker-" + workers.size(), () -> worker.run(() -> isOpen));
  }

  private void understand(JsonNode message, FeedHistory feed) {
    try {
      feed.got(
          FedMessage.of(message.get("id").stringValue(), message.get("body"), System.nanoTime()));
    } catch (RuntimeException e) {
      meows.failures().inexcusable("a message is not understood: " + message + ": " + e);
    }
  }

  /** What has to work for it besides the feed. */
  public List<Duty> duties() {
    return probe.duties();
  }

  /**
   * Lets nobody publish or report anything more, and returns when what is under way is done.
   *
   * @return false when some of it was not within the timeout
   */
  public boolean finishWriting(Duration timeout) throws InterruptedException {
    isWriting = false;
    return writing.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Works off everything but what {@link #takeWhole} takes.
   *
   * @param last the id of the last meow, which has the topic
   * @return what each queue has at its end; what is left somewhere was there for the whole timeout
   */
  public ProgramChecker.Ends finishWork(String last, Duration timeout)
      throws IOException, InterruptedException {
    receiver.beKind();
    workers.forEach(Worker::tidyUp);
    desk.resume(path("pushed"));
    await(
        timeout,
        () ->
            isTold(last)
                && desk.left(path("work")) == 0
                && desk.left(path("topic")) == 0
                && desk.left(path("pushed")) == 0);
    drain(checker.kept(), _ -> {}, timeout);
    isOpen = false;
    return new ProgramChecker.Ends(
        desk.end(path("work")),
        desk.end(path("kept")),
        desk.end(path("pushed")),
        desk.end(path("topic")));
  }

  private boolean isTold(String meow) {
    return checker.topicFeed().messages().stream().anyMatch(m -> m.meow().equals(meow));
  }

  /** Takes everything out of the queue that everything has flowed into. */
  public void takeWhole(Duration timeout) throws IOException, InterruptedException {
    drain(new QueueHistory("whole"), message -> understand(message, checker.wholeFeed()), timeout);
  }

  private void drain(QueueHistory history, Consumer<JsonNode> taken, Duration timeout)
      throws IOException, InterruptedException {
    String path = path(history.queue());
    var consumer = new Worker(client, history, path, taken);
    consumer.tidyUp();
    long deadline = System.nanoTime() + timeout.toNanos();
    while (desk.left(path) > 0 && System.nanoTime() < deadline) {
      consumer.once();
    }
  }

  private interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  private static void await(Duration timeout, Condition condition)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!condition.holds() && System.nanoTime() < deadline) {
      Thread.sleep(POLL);
    }
  }

  private void write(String name, Task task) {
    start(
        name,
        () -> {
          try {
            task.run();
          } finally {
            writing.countDown();
          }
        });
  }

  private void start(String name, Task task) {
    threads.add(
        Thread.ofVirtual()
            .name(name)
            .start(() -> {
              try {
                task.run();
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              } catch (RuntimeException e) {
                meows.failures().inexcusable(name + " stopped working: " + e);
              }
            }));
  }

  @Override
  public void close() {
    isWriting = false;
    isOpen = false;
    threads.forEach(Thread::interrupt);
    receiver.close();
    status.close();
    client.close();
  }

  private interface Task {
    void run() throws InterruptedException;
  }
}
