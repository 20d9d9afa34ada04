package meower.bench.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class ProcessorTimeTests {

  @Test
  void countsWhatHasEndedToo() throws Exception {
    String work = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done";
    Process process =
        new ProcessBuilder("sh", "-c", "sh -c '" + work + "'; echo done; exec sleep 60").start();
    try {
      assertThat(process.inputReader().readLine()).isEqualTo("done");
      assertThat(process.descendants()).isEmpty();
      assertThat(ProcessorTime.ofTree(process.toHandle())).isGreaterThan(Duration.ofMillis(50));
    } finally {
      process.destroyForcibly();
    }
  }
}
