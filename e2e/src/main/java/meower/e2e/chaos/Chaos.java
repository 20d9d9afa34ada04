package meower.e2e.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import meower.e2e.chaos.fault.Rig;
import meower.standalone.process.Folders;

/** {@code ./meower chaos}: breaks a Meower of its own for some minutes, and counts. */
public final class Chaos {

  private Chaos() {}

  public static void main(String[] arguments) throws Exception {
    try {
      var report = run(ChaosOptions.parse(List.of(arguments)));
      report.lines().forEach(Chaos::say);
      System.exit(report.isClean() ? 0 : 1);
    } catch (IllegalArgumentException e) {
      say("meower: " + e.getMessage());
      System.exit(2);
    }
  }

  /** Does a run with a stack of its own, which is gone afterwards whatever happens. */
  static ChaosReport run(ChaosOptions options) throws Exception {
    boolean temporary = options.data().isEmpty();
    Path data = temporary ? temporaryFolder() : requireEmpty(options.data().get());
    say("seed " + options.seed() + ", data and logs in " + data);
    var rig = new Rig(data, options.ports(), Chaos::log);
    var closed = new AtomicBoolean();
    Runnable close =
        () -> {
          if (!closed.getAndSet(true)) {
            rig.close();
          }
        };
    Runtime.getRuntime().addShutdownHook(new Thread(close, "stop-stack"));
    ChaosReport report;
    try {
      report = new ChaosRun(options, rig, Chaos::log).run();
    } finally {
      close.run();
    }
    if (temporary && report.isClean()) {
      Folders.delete(data);
    } else {
      say("the logs are in " + data.resolve("logs"));
    }
    return report;
  }

  private static Path temporaryFolder() throws IOException {
    return Files.createTempDirectory("meower-chaos");
  }

  /** What another run has left would be taken for lost or invented meows of this one. */
  private static Path requireEmpty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.list(folder)) {
        if (files.findAny().isPresent()) {
          throw new IllegalArgumentException(
              folder + " is not empty: delete it, or give --data another folder");
        }
      }
    }
    return folder;
  }

  private static void log(String line) {
    var now = Instant.now().atOffset(ZoneOffset.UTC).toLocalTime().truncatedTo(ChronoUnit.MILLIS);
    say(now + "  " + line);
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
