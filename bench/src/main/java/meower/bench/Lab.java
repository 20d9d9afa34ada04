package meower.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import meower.standalone.Part;
import meower.standalone.PortPlan;
import meower.standalone.Stack;
import meower.standalone.server.DataFolder;

/** What a benchmark works with: a running Meower of its own, and room for its peers. */
public final class Lab {

  /** The peers' ports begin behind those of Meower. */
  private static final int PEERS = 30;

  private final BenchOptions options;
  private final Path data;
  private final Stack stack;
  private final Consumer<String> log;

  Lab(BenchOptions options, Path data, Stack stack, Consumer<String> log) {
    this.options = options;
    this.data = data;
    this.stack = stack;
    this.log = log;
  }

  public BenchOptions options() {
    return options;
  }

  public Stack stack() {
    return stack;
  }

  public PortPlan ports() {
    return options.ports();
  }

  /** Returns where the stack's NATS listens. */
  public String natsUrl() {
    return "nats://127.0.0.1:" + ports().of(Part.NATS);
  }

  /** Returns a port for a peer. */
  public int peerPort(int number) {
    return ports().nginx() + PEERS + number;
  }

  /** Returns where peers keep their files. */
  public DataFolder peers() throws IOException {
    DataFolder folder = new DataFolder(data.resolve("peers"));
    folder.create();
    return folder;
  }

  /**
   * Measures contenders in turn.
   *
   * @param contenders the first one is ours
   */
  public Comparison.Outcome compare(String title, List<Contender> contenders) throws Exception {
    return new Comparison(title, contenders, options.rounds()).run(log);
  }
}
