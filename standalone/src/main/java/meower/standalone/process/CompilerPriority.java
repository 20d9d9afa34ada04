package meower.standalone.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Lets what a virtual machine does go before what makes it faster afterwards: its optimizing
 * compiler (C2) gets the processors that are free.
 *
 * <p>While everything starts that compiler takes two fifths of the processor time. The virtual
 * machine's own option for it is for all its compilers, also for the first one (C1), which a start
 * is faster with. Where threads cannot be told apart (macOS) nothing is done.
 */
public final class CompilerPriority {
  /** As much of the name as Linux keeps. */
  private static final String OPTIMIZING = "C2 CompilerThre";

  /** The lowest: it gets what nobody else wants. */
  static final String NICE = "19";

  /** To look costs some milliseconds. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Supplier<OptionalLong> pid;
  private final Optional<Path> renice = Executables.find("renice");
  private final Set<Path> lowered = new HashSet<>();
  private long next = System.nanoTime();

  /**
   * @param pid of the process that is, or starts, virtual machines; it may be another one later
   */
  public CompilerPriority(Supplier<OptionalLong> pid) {
    this.pid = pid;
  }

  /** Does so with those that are there by now; to be called again and again until all is ready. */
  public void lower() {
    long now = System.nanoTime();
    if (now - next < 0 || renice.isEmpty()) {
      return;
    }
    next = now + PAUSE.toNanos();
    List<Path> threads =
        pid.get().stream()
            .boxed()
            .flatMap(root -> ProcessHandle.of(root).stream())
            .flatMap(CompilerPriority::optimizing)
            .filter(lowered::add)
            .toList();
    if (!threads.isEmpty()) {
      lower(renice.get(), threads);
    }
  }

  private static Stream<Path> optimizing(ProcessHandle root) {
    return Stream.concat(Stream.of(root), root.descendants())
        .flatMap(process -> threads(Path.of("/proc", Long.toString(process.pid()), "task")))
        .filter(CompilerPriority::isOptimizing);
  }

  private static Stream<Path> threads(Path folder) {
    try (var all = Files.list(folder)) {
      return all.toList().stream();
    } catch (IOException _) {
      return Stream.empty(); // it has ended, or this is no Linux
    }
  }

  private static boolean isOptimizing(Path thread) {
    try {
      return Files.readString(thread.resolve("comm")).strip().equals(OPTIMIZING);
    } catch (IOException _) {
      return false; // it has ended
    }
  }

  private static void lower(Path renice, List<Path> threads) {
    var command = new ArrayList<String>(List.of(renice.toString(), "-n", NICE, "-p"));
    threads.forEach(thread -> command.add(thread.getFileName().toString()));
    try {
      new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new ServerFailedException("cannot run " + renice, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerFailedException("interrupted while starting", e);
    }
  }
}
