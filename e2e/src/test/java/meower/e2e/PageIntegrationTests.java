package meower.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import meower.standalone.ProjectLayout;
import org.junit.jupiter.api.Test;

/** The page in a real browser; the tests are those of {@code e2e/browser}. */
class PageIntegrationTests {

  private final RunningMeower meower = RunningMeower.get();
  private final Path root = ProjectLayout.find().root();
  private final Path browserTests = root.resolve("e2e/browser");

  @Test
  void doesWhatVisitorsExpect() throws Exception {
    if (!Files.exists(browserTests.resolve("node_modules"))) {
      assertThat(run("npm", "ci", "--no-audit", "--no-fund", "--loglevel=error")).isZero();
    }
    Path report = root.resolve("target/test-reports/browser.json");

    int exit =
        run(
            "npm",
            "test",
            "--silent",
            "--",
            "--reporter=verbose",
            "--reporter=json",
            "--outputFile.json=" + report);

    assertThat(exit).as("the exit status of the browser tests").isZero();
  }

  private int run(String... command) throws Exception {
    Path screenshots = Files.createDirectories(root.resolve("target/screenshots"));
    try (StackControl control = new StackControl(meower)) {
      ProcessBuilder builder =
          new ProcessBuilder(List.of(command))
              .directory(browserTests.toFile())
              .redirectErrorStream(true);
      builder.environment().put("MEOWER_URL", meower.url());
      builder.environment().put("MEOWER_CONTROL", control.url());
      builder.environment().put("MEOWER_SCREENSHOTS", screenshots.toString());
      Process process = builder.start();
      try {
        // Not inherited: what the fork of the test runner writes there is its own protocol.
        Thread.ofVirtual().start(() -> print(process));
        return process.waitFor(15, TimeUnit.MINUTES) ? process.exitValue() : -1;
      } finally {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    }
  }

  private static void print(Process process) {
    process.inputReader(StandardCharsets.UTF_8).lines().forEach(System.out::println);
  }
}
