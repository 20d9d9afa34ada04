package meower.standalone.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells a process from a later one that was given the same id.
 *
 * <p>On Linux the identity is the boot and the start in clock ticks since then: the start as a date
 * moves whenever somebody sets the clock.
 */
record ProcessIdentity(long pid, String start) {
  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
  private static final int START_TICKS_AFTER_NAME = 19;

  static ProcessIdentity of(ProcessHandle process) {
    return new ProcessIdentity(process.pid(), startOf(process));
  }

  /** The process that was started with this identity, if it is still running. */
  Optional<ProcessHandle> find() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(p -> startOf(p).equals(start));
  }

  private static String startOf(ProcessHandle process) {
    try {
      String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
      String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Files.readString(BOOT_ID).strip() + ":" + afterName[START_TICKS_AFTER_NAME];
    } catch (IOException _) {
      return process.info().startInstant().map(i -> "" + i.toEpochMilli()).orElse("unknown");
    }
  }
}
