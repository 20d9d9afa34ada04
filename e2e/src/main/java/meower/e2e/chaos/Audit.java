package meower.e2e.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import meower.e2e.access.Access;
import meower.e2e.chaos.history.Violation.Kind;
import meower.e2e.chaos.history.Violations;
import meower.standalone.stack.ProjectLayout;

/** Asks {@code ./meower audit} whether Postgres, the stream and the index agree. */
record Audit(Access access, Violations violations, Consumer<String> log) {

  private static final int MINUTES = 10;

  void run() throws IOException, InterruptedException {
    Path output = Files.createTempFile("meower-audit", ".txt");
    try {
      int status = audit(output);
      String said = Files.readString(output, StandardCharsets.UTF_8).strip();
      said.lines().forEach(line -> log.accept("audit: " + line));
      if (status != 0) {
        violations.add(Kind.DISAGREEMENT, System.nanoTime(), "audit says " + status + ": " + said);
      }
    } finally {
      Files.delete(output);
    }
  }

  private int audit(Path output) throws IOException, InterruptedException {
    Path project = ProjectLayout.find().root();
    var builder = new ProcessBuilder(project.resolve("meower").toString(), "audit");
    builder.environment().putAll(access.operator());
    var process = builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroy();
    }
    return process.waitFor();
  }
}
