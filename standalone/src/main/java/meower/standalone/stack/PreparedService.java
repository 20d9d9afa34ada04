package meower.standalone.stack;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import meower.standalone.process.Folders;

/**
 * A service unpacked from its runnable jar, so that a later build does not replace the jar under a
 * running one, and with an AOT cache: it starts in half the time, and is fast sooner.
 *
 * <p>The cache holds what the virtual machine has learned in a rehearsal: which classes there are
 * and which code is used how.
 *
 * @param jar the runnable jar it is made from
 * @param directory where it is, or will be
 * @param memory options for its heap and the collector
 */
public record PreparedService(Path jar, Path directory, List<String> memory) {
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms32m",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:-UsePerfData",
          // What was worth optimizing in the rehearsal is so when it has run 16,000 times and not
          // 2,000: many of it has not when everything is ready, and compilers took half of a start.
          "-XX:Tier2InvokeNotifyFreqLog=14",
          "-XX:Tier2BackedgeNotifyFreqLog=17");

  private static final String JAR = "service.jar";
  private static final String CACHE = "service.aot";
  private static final int TIMEOUT_SECONDS = 180;

  /**
   * The command that runs the service: prepared when that is up to date, from its jar otherwise.
   *
   * @param rehearsal whether one without a cache is to make it when it ends
   */
  List<String> command(Path temporary, boolean rehearsal) throws IOException {
    var command = new ArrayList<>(List.of(java()));
    command.addAll(options());
    command.add("-Djava.io.tmpdir=" + temporary);
    if (hasCache()) {
      command.add("-XX:AOTCache=" + cache());
    } else if (rehearsal) {
      command.add("-XX:AOTCacheOutput=" + cache());
    }
    command.add("-jar");
    command.add((isUnpacked() ? directory.resolve(JAR) : jar).toString());
    return command;
  }

  public boolean isUnpacked() throws IOException {
    return Files.exists(origin()) && Files.readString(origin()).equals(identity());
  }

  public boolean hasCache() throws IOException {
    return isUnpacked() && Files.exists(cache());
  }

  /**
   * Unpacks the jar, and forgets an earlier one with its cache.
   *
   * @throws IOException when that fails; the service can still be run from its jar
   */
  public void unpack(Path log) throws IOException, InterruptedException {
    Folders.delete(directory);
    Files.createDirectories(directory.getParent());
    run(
        log,
        List.of(
            java(),
            "-Djarmode=tools",
            "-jar",
            jar.toString(),
            "extract",
            "--application-filename",
            JAR,
            "--destination",
            directory.toString()));
    Files.writeString(origin(), identity());
  }

  private static void run(Path log, List<String> command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    var process = builder.start();
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    if (process.waitFor() != 0) {
      throw new IOException("unpacking " + command.getLast() + " failed, see " + log);
    }
  }

  /** What the prepared files depend on. */
  private String identity() throws IOException {
    var checksum = new CRC32();
    try (var content = new CheckedInputStream(Files.newInputStream(jar), checksum)) {
      content.transferTo(OutputStream.nullOutputStream());
    }
    return "%x %s %s %s"
        .formatted(
            checksum.getValue(), directory, System.getProperty("java.vm.version"), options());
  }

  /** A cache is only valid with the options it was made with. */
  private List<String> options() {
    return Stream.concat(JVM_OPTIONS.stream(), memory.stream()).toList();
  }

  private Path cache() {
    return directory.resolve(CACHE);
  }

  private Path origin() {
    return directory.resolve("origin");
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
