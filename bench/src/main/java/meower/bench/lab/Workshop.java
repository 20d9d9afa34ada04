package meower.bench.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Folders;
import meower.standalone.process.ProcessTree;
import meower.standalone.proxy.Limits;
import meower.standalone.stack.Login;
import meower.standalone.stack.Part;
import meower.standalone.stack.ProjectLayout;
import meower.standalone.stack.Stack;
import meower.standalone.stack.StackOptions;

/**
 * A Meower of its own, and a folder for it and its peers.
 *
 * <p>It leaves nothing behind, neither processes nor files, also when this process is told to end.
 */
public final class Workshop implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(5);

  /** What one program may do is less than what is measured. */
  private static final Map<Part, Map<String, String>> MORE =
      Map.of(
          Part.COMMAND,
          Map.of("MEOWER_PUBLISH_RATE", "1000000", "MEOWER_PUBLISH_BURST", "1000000"),
          Part.PROGRAM,
          Map.of(
              "MEOWER_QUEUES_CALLSPERSECOND",
              "1000000",
              "MEOWER_QUEUES_LEASED",
              "100000",
              "MEOWER_QUEUES_PERPROGRAM",
              "10000"));

  private final Path data;
  private final Stack stack;
  private final Thread shutdown = new Thread(this::closeAll, "close-workshop");
  private boolean closed;

  public Workshop(BenchOptions options, Consumer<String> log) throws IOException {
    data = Files.createTempDirectory("meower-bench");
    stack =
        new Stack(
            ProjectLayout.find(),
            new StackOptions(stackData().root(), options.ports())
                .with(Limits.NONE)
                .with(instance -> MORE.getOrDefault(instance.part(), Map.of())),
            log);
    Runtime.getRuntime().addShutdownHook(shutdown);
  }

  Path data() {
    return data;
  }

  /** Returns Elasticsearch with the rights of the query service. */
  public Login elasticsearch() throws IOException {
    return Login.toElasticsearch(stack.ports(), stackData());
  }

  DataFolder stackData() {
    return new DataFolder(data.resolve("meower"));
  }

  public Stack stack() {
    return stack;
  }

  @Override
  public void close() {
    closeAll();
    try {
      Runtime.getRuntime().removeShutdownHook(shutdown);
    } catch (IllegalStateException _) {
      // It is what has closed everything.
    }
  }

  /**
   * Without the stack, what this process has started are the peers: when it is told to end, it may
   * be in the middle of measuring one.
   */
  private synchronized void closeAll() {
    if (closed) {
      return;
    }
    closed = true;
    stack.close();
    try {
      for (ProcessHandle peer : ProcessHandle.current().children().toList()) {
        new ProcessTree(peer).stop("TERM", GRACE);
      }
      Folders.delete(data);
    } catch (IOException e) {
      throw new IllegalStateException(data + " cannot be deleted", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
