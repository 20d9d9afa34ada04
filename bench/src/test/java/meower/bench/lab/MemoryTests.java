package meower.bench.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class MemoryTests {

  @Test
  void countsWhatAProcessHasInMemory() throws IOException {
    long resident =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> 1_024 * Long.parseLong(line.replaceAll("[^0-9]", "")))
            .sum();

    // What others share with it counts in parts.
    assertThat(Memory.ofProcess(ProcessHandle.current().pid()))
        .isBetween(0.5 * resident, 1.5 * resident);
  }
}
