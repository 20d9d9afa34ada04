package meower.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import meower.standalone.stack.ProjectLayout;

/** What the tests use of npm: a browser's driver, and what people type. */
public final class NodePackages {

  private static final Path FOLDER = ProjectLayout.find().root().resolve("e2e/browser");
  private static final Path MARK = FOLDER.resolve("node_modules/.package-lock.json");
  private static final long TIMEOUT_MINUTES = 5;

  private NodePackages() {}

  /** Returns the folder in which they are, installed as its lock file says. */
  public static synchronized Path folder() throws IOException, InterruptedException {
    Path lock = FOLDER.resolve("package-lock.json");
    if (!Files.exists(MARK)
        || Files.getLastModifiedTime(MARK).compareTo(Files.getLastModifiedTime(lock)) < 0) {
      install();
    }
    return FOLDER;
  }

  private static void install() throws IOException, InterruptedException {
    Path log = Files.createTempFile("npm", ".log");
    Process npm =
        new ProcessBuilder(
                List.of(
                    "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"))
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!npm.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES) || npm.exitValue() != 0) {
      npm.destroyForcibly();
      throw new IOException("npm ci failed: " + Files.readString(log));
    }
    Files.delete(log);
  }
}
