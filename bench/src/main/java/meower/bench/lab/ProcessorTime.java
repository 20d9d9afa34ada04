package meower.bench.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The processor time of processes, from Linux's {@code /proc}. */
final class ProcessorTime {

  /** Linux counts for programs in hundredths of a second, whatever its own clock. */
  private static final Duration TICK = Duration.ofMillis(10);

  /** Of the fields behind the name: user and system time, its own and of children that ended. */
  private static final int FIRST = 11;

  private static final int COUNT = 4;

  private ProcessorTime() {}

  /**
   * Returns what a process and all that it has started have used, also what of it has ended:
   * Postgres has a process for each connection.
   */
  static Duration ofTree(ProcessHandle root) throws IOException {
    // The root last, which counts those that end in the meantime.
    List<ProcessHandle> living = Stream.concat(root.descendants(), Stream.of(root)).toList();
    Duration sum = Duration.ZERO;
    for (ProcessHandle process : living) {
      sum = sum.plus(of(process));
    }
    return sum;
  }

  private static Duration of(ProcessHandle process) throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      long ticks = Arrays.stream(fields, FIRST, FIRST + COUNT).mapToLong(Long::parseLong).sum();
      return TICK.multipliedBy(ticks);
    } catch (IOException e) {
      if (process.isAlive()) {
        throw e;
      }
      return Duration.ZERO;
    }
  }
}
