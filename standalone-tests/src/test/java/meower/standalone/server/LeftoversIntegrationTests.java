package meower.standalone.server;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import meower.standalone.process.DataFolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Children that outlive their parent, as nginx's workers do. */
class LeftoversIntegrationTests {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path folder;
  private Parent parent;

  @BeforeEach
  void create() {
    parent = new Parent(new DataFolder(folder));
  }

  @AfterEach
  void stop() {
    parent.stop();
  }

  @Test
  void endsWhatAKilledServerLeftBehindBeforeItStartsAgain() throws Exception {
    ProcessHandle child = startAndKillTheParent();

    parent.start();

    await().atMost(SOON).until(() -> !child.isAlive());
  }

  @Test
  void endsWhatAKilledServerLeftBehindWhenItIsStopped() throws Exception {
    ProcessHandle child = startAndKillTheParent();

    parent.stop();

    await().atMost(SOON).until(() -> !child.isAlive());
  }

  private ProcessHandle startAndKillTheParent() throws Exception {
    parent.start();
    ProcessHandle child =
        ProcessHandle.of(Long.parseLong(Files.readString(parent.childFile()).strip()))
            .orElseThrow();
    ProcessHandle.of(parent.pid().orElseThrow()).orElseThrow().destroyForcibly();
    await().atMost(SOON).until(() -> !parent.isAlive());
    return child;
  }

  private static final class Parent extends Server {
    private final Path folder;

    Parent(DataFolder data) {
      super("parent", data);
      this.folder = data.root();
    }

    Path childFile() {
      return folder.resolve("child");
    }

    @Override
    protected Launch prepare() throws IOException {
      Files.createDirectories(folder.resolve("logs"));
      Files.deleteIfExists(childFile());
      return new Launch(
          List.of("sh", "-c", "sleep 600 & echo $! >new && mv new child; wait"), folder);
    }

    @Override
    public boolean isReady() {
      return Files.exists(childFile());
    }

    @Override
    protected Duration startTimeout() {
      return SOON;
    }
  }
}
