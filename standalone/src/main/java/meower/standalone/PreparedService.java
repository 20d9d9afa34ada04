package meower.standalone;

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
import meower.standalone.server.Folders;

/**
 * A service unpacked from its runnable jar, with an AOT cache from a trial start: it starts in half
 * the time, and a later build does not replace the jar under a running service.
 *
 * @param jar the runnable jar it is made from
 * @param directory where it is, or will be
 * @param heap what its heap may grow to, in MiB
 */
record PreparedService(Path jar, Path directory, int heap) {
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xms32m",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:-UsePerfData");

  private static final String JAR = "service.jar";
  private static final String CACHE = "service.aot";
  private static final int TIMEOUT_SECONDS = 180;

  /**
   * The command that runs the service: prepared when that is up to date, from its jar otherwise.
   */
  List<String> command(Path temporary) throws IOException {
    var command = new ArrayList<>(List.of(java()));
    command.addAll(options());
    command.add("-Djava.io.tmpdir=" + temporary);
    if (isCurrent()) {
      command.addAll(
          List.of(
              "-XX:AOTCache=" + directory.resolve(CACHE),
              "-jar",
              directory.resolve(JAR).toString()));
    } else {
      command.addAll(List.of("-jar", jar.toString()));
    }
    return command;
  }

  boolean isCurrent() throws IOException {
    return Files.exists(origin()) && Files.readString(origin()).equals(identity());
  }

  /**
   * Unpacks the jar and starts the service once, without any server, up to the point where it would
   * take requests.
   *
   * @throws IOException when that fails; the service can still be run from its jar
   */
  void prepare(Path log) throws IOException, InterruptedException {
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
    var training = new ArrayList<>(List.of(java()));
    training.addAll(options());
    training.addAll(
        List.of(
            "-XX:AOTCacheOutput=" + directory.resolve(CACHE),
            "-Dspring.context.exit=onRefresh",
            "-jar",
            directory.resolve(JAR).toString()));
    run(log, training);
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
      throw new IOException("a trial start failed, see " + log);
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
    return Stream.concat(JVM_OPTIONS.stream(), Stream.of("-Xmx" + heap + "m")).toList();
  }

  private Path origin() {
    return directory.resolve("origin");
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
