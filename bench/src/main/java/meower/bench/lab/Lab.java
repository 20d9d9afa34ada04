package meower.bench.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import meower.standalone.process.DataFolder;
import meower.standalone.stack.Login;
import meower.standalone.stack.Part;
import meower.standalone.stack.PortPlan;
import meower.standalone.stack.Stack;

/** What a benchmark works with: a running Meower of its own, and room for its peers. */
public final class Lab {

  /** The peers' ports begin behind those of Meower. */
  private static final int PEERS = 40;

  private final BenchOptions options;
  private final Workshop workshop;
  private final int meows;
  private final Consumer<String> log;

  /**
   * @param meows how many there are to be
   */
  public Lab(BenchOptions options, Workshop workshop, int meows, Consumer<String> log) {
    this.options = options;
    this.workshop = workshop;
    this.meows = meows;
    this.log = log;
  }

  /** Tells whoever watches. */
  public void say(String line) {
    log.accept(line);
  }

  public BenchOptions options() {
    return options;
  }

  public Stack stack() {
    return workshop.stack();
  }

  /** Returns how many meows there have to be before something is measured. */
  public Scale meows() {
    return new Scale(meows, "meows");
  }

  public PortPlan ports() {
    return options.ports();
  }

  /** Returns the stack's NATS with the rights of the command-service, who writes the meows. */
  public Broker meowBroker() {
    return new Broker(
        login(() -> Login.toNats(Part.COMMAND, ports(), workshop.stackData())), eventsKey());
  }

  /** Returns the stack's NATS with the rights of operators. */
  public Broker operatorsBroker() {
    return new Broker(login(() -> Login.toNats(ports(), workshop.stackData())), eventsKey());
  }

  /** Returns Elasticsearch with the rights of the query service. */
  public Login elasticsearch() {
    return login(workshop::elasticsearch);
  }

  /** Returns the database of a service, for whoever makes tables in it. */
  public Login database(Part service) {
    return login(() -> Login.toPostgresAsOwner(service, ports(), workshop.stackData()));
  }

  private Path eventsKey() {
    return workshop.stackData().of("keys").resolve("events");
  }

  private interface Secret {
    Login read() throws IOException;
  }

  private static Login login(Secret secret) {
    try {
      return secret.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a port for a peer. */
  public int peerPort(int number) {
    return ports().nginx() + PEERS + number;
  }

  /** Returns where peers keep their files. */
  public DataFolder peers() throws IOException {
    DataFolder folder = new DataFolder(workshop.data().resolve("peers"));
    folder.create();
    return folder;
  }

  /**
   * Returns the contender with what its operations cost each part of the stack.
   *
   * @param contender whose first figure is its operations in a second
   */
  public Contender costed(Contender contender) {
    double seconds = options.time().toNanos() / 1e9;
    return new Costed(contender, stack(), sample -> sample.first() * seconds);
  }

  /**
   * Returns the contender with what its operations cost each part of the stack.
   *
   * @param figure which of its figures says how many operations a measurement had
   */
  public Contender costedBy(String figure, Contender contender) {
    return new Costed(
        contender, stack(), sample -> Objects.requireNonNull(sample.figures().get(figure), figure));
  }

  /**
   * Returns the contender with what it costs each part of the stack for every meow.
   *
   * @param contender who does something with all meows
   */
  public Contender costedByMeow(Contender contender) {
    return new Costed(contender, stack(), _ -> meows);
  }

  /**
   * Measures contenders in turn.
   *
   * @param contenders the first one is ours
   */
  public Comparison.Outcome compare(String title, List<Contender> contenders) throws Exception {
    return new Comparison(title, Optional.empty(), contenders, options.rounds()).run(log);
  }

  /**
   * Measures contenders in turn.
   *
   * @param scale how much there is; the title does not say it
   * @param contenders the first one is ours, with the same names at every scale
   */
  public Comparison.Outcome compare(String title, Scale scale, List<Contender> contenders)
      throws Exception {
    return new Comparison(title, Optional.of(scale), contenders, options.rounds()).run(log);
  }
}
