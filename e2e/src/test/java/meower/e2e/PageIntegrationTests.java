package meower.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import meower.standalone.stack.ProjectLayout;
import org.junit.jupiter.api.Test;

/** The page in a real browser; the tests are those of {@code e2e/browser}. */
class PageIntegrationTests {

  private static final int LINES = 60;
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final RunningMeower meower = RunningMeower.get();
  private final Path root = ProjectLayout.find().root();
  private final List<String> lines = new CopyOnWriteArrayList<>();

  @Test
  void doesWhatVisitorsExpect() throws Exception {
    Path report = root.resolve("target/test-reports/TEST-browser.xml");

    int exit =
        run(
            "npm",
            "test",
            "--silent",
            "--",
            "--reporter=verbose",
            "--reporter=junit",
            "--outputFile.junit=" + report);

    assertThat(exit).as("exit status of the browser tests:\n%s", end()).isZero();
  }

  private int run(String... command) throws Exception {
    Path screenshots = Files.createDirectories(root.resolve("target/screenshots"));
    try (StackControl control = new StackControl(meower)) {
      ProcessBuilder builder =
          new ProcessBuilder(List.of(command))
              .directory(NodePackages.folder().toFile())
              .redirectErrorStream(true);
      builder.environment().put("MEOWER_URL", meower.url());
      if (meower.stack().ports().tls()) {
        builder
            .environment()
            .put("NODE_EXTRA_CA_CERTS", meower.data().resolve("tls/ca.pem").toString());
      }
      builder.environment().put("MEOWER_FRONT_END_PORT", "" + RunningMeower.FRONT_END_PORT);
      builder.environment().put("MEOWER_CONTROL", control.url());
      builder.environment().put("MEOWER_SCREENSHOTS", screenshots.toString());
      Process process = builder.start();
      try {
        // Not inherited: what the fork of the test runner writes there is its own protocol.
        Thread printer = Thread.ofVirtual().start(() -> print(process));
        int exit = process.waitFor(30, TimeUnit.MINUTES) ? process.exitValue() : -1;
        printer.join(LAST_WORDS);
        return exit;
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }

  private void print(Process process) {
    process
        .inputReader(StandardCharsets.UTF_8)
        .lines()
        .forEach(line -> {
          System.out.println(line);
          lines.add(line);
        });
  }

  /** Where vitest says what failed, also when it was no test but what is around them. */
  private String end() {
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
  }
}
