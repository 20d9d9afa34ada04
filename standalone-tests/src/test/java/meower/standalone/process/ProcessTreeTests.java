package meower.standalone.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process that keeps starting others, as Postgres does while clients come. */
class ProcessTreeTests {

  private static final String STARTS_OTHERS =
      "i=0; while [ $i -lt 1500 ]; do sleep $0 & i=$((i+1)); sleep 0.002; done; wait";

  /** Seconds that nobody else sleeps. */
  private final String nap = "60." + ThreadLocalRandom.current().nextInt(1_000_000);

  private Process process;
  private ProcessTree tree;

  @BeforeEach
  void start() throws IOException {
    process = new ProcessBuilder("sh", "-c", STARTS_OTHERS, nap).start();
    tree = new ProcessTree(process.toHandle());
    await().atMost(Duration.ofSeconds(20)).until(() -> children().size() > 20);
  }

  @AfterEach
  void kill() throws InterruptedException {
    tree.kill();
  }

  @Test
  void pausesAlsoWhatIsBornMeanwhile() throws Exception {
    tree.pause();

    assertThat(Stream.concat(Stream.of(process.toHandle()), children().stream()))
        .allSatisfy(child -> assertThat(state(child)).as("%s", child).isIn("T", "Z"));
  }

  @Test
  void killsAlsoWhatIsBornMeanwhile() throws Exception {
    tree.kill();

    assertThat(ProcessHandle.allProcesses().filter(this::naps)).isEmpty();
  }

  private List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  /** One letter of {@code proc(5)}: T is stopped, Z has ended. */
  private static String state(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
      int name = stat.lastIndexOf(')') + 2;
      return stat.substring(name, name + 1);
    } catch (IOException _) {
      return "Z";
    }
  }

  private boolean naps(ProcessHandle process) {
    return !state(process).equals("Z")
        && Arrays.asList(process.info().arguments().orElse(new String[0])).contains(nap);
  }
}
