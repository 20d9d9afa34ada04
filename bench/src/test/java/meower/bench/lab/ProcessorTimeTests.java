package meower.bench.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessorTimeTests {

  /** What Linux counts for programs. */
  private static final Duration TICK = Duration.ofMillis(10);

  @Test
  void countsWhatHasEndedToo() throws Exception {
    String work = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done; times";
    Process process =
        new ProcessBuilder("sh", "-c", "sh -c '" + work + "'; echo done; exec sleep 60").start();
    try {
      Duration ended = user(process.inputReader().readLine());
      process.inputReader().readLine(); // of its children, which it did not have
      assertThat(process.inputReader().readLine()).isEqualTo("done");
      assertThat(process.descendants()).isEmpty();
      assertThat(ended).isGreaterThan(TICK);
      assertThat(ProcessorTime.ofTree(process.toHandle()))
          .isGreaterThanOrEqualTo(ended.minus(TICK));
    } finally {
      process.destroyForcibly();
    }
  }

  /** Reads a line of {@code times}: minutes and seconds as a user, and as the system. */
  private static Duration user(String times) {
    return Duration.parse("PT" + times.substring(0, times.indexOf(' ')).toUpperCase(Locale.ROOT));
  }
}
