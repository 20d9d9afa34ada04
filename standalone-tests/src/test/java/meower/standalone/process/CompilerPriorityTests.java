package meower.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class CompilerPriorityTests {

  private static final Duration SOON = Duration.ofMinutes(1);

  private static final String C1 = "C1 CompilerThre";
  private static final String C2 = "C2 CompilerThre";

  /** Where the priority stands behind the name. */
  private static final int PRIORITY = 16;

  @Test
  void onlyTheOptimizingCompilerStandsBack() throws Exception {
    Process launcher = started();
    var machine = new ProcessTree(launcher.toHandle());
    try {
      await().atMost(SOON).until(() -> priorities(machine, C2).size() == 1);
      int usual = priorities(machine, C1).getFirst();
      int lowered = Math.max(usual, Integer.parseInt(CompilerPriority.NICE));
      var compiler = new CompilerPriority(() -> OptionalLong.of(machine.root().pid()));
      compiler.lower();
      assertThat(priorities(machine, C2)).containsOnly(lowered);
      assertThat(priorities(machine, C1)).containsOnly(usual);
      assertThat(priorities(machine, "java")).containsOnly(usual);

      launcher.outputWriter().append("another one\n").flush();
      await()
          .atMost(SOON)
          .until(() -> {
            compiler.lower();
            return priorities(machine, C2).equals(List.of(lowered, lowered));
          });
    } finally {
      machine.kill();
    }
  }

  /** Returns what starts a virtual machine, and another one when it is told to. */
  private static Process started() throws IOException {
    String machine =
        Path.of(System.getProperty("java.home"), "bin", "java")
            + " -Xmx32m -m jdk.httpserver -b 127.0.0.1 -p 0 &";
    return new ProcessBuilder("sh", "-c", machine + " read line; " + machine + " wait")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static List<Integer> priorities(ProcessTree tree, String thread) {
    return tree.root()
        .descendants()
        .flatMap(process -> stats(Path.of("/proc", Long.toString(process.pid()), "task")))
        .filter(stat -> stat.contains("(" + thread + ")"))
        .map(stat -> stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[PRIORITY])
        .map(Integer::valueOf)
        .toList();
  }

  private static Stream<String> stats(Path threads) {
    try (var all = Files.list(threads)) {
      return all.toList().stream().flatMap(CompilerPriorityTests::stat);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> stat(Path thread) {
    try {
      return Stream.of(Files.readString(thread.resolve("stat")));
    } catch (NoSuchFileException _) {
      return Stream.empty(); // it has ended
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
