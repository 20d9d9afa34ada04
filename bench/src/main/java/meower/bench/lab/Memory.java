package meower.bench.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** How much memory processes have, as Linux counts it. */
public final class Memory {

  private static final String SHARED_FAIRLY = "Pss:";

  private Memory() {}

  /**
   * Returns what a process and those that it started have in memory, in bytes. What several
   * processes share counts in equal parts.
   *
   * @throws IOException where there is no {@code /proc}
   */
  public static double ofProcess(long pid) throws IOException {
    double sum = 0;
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    for (ProcessHandle each : Stream.concat(Stream.of(process), process.descendants()).toList()) {
      sum += of(each.pid());
    }
    return sum;
  }

  private static double of(long pid) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith(SHARED_FAIRLY))
          .mapToDouble(line -> 1_024 * Double.parseDouble(line.replaceAll("[^0-9]", "")))
          .sum();
    }
  }
}
