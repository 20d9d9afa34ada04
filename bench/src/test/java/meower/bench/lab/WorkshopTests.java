package meower.bench.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkshopTests {

  @Test
  void leavesNeitherAPeerNorAFileBehind() throws Exception {
    var workshop = new Workshop(BenchOptions.parse(List.of("push")), _ -> {});
    Path file =
        Files.createFile(Files.createDirectory(workshop.data().resolve("peers")).resolve("log"));
    Process peer = new ProcessBuilder("sleep", "600").start();
    try {
      workshop.close();
      assertThat(peer.isAlive()).isFalse();
      assertThat(file).doesNotExist();
      assertThat(workshop.data()).doesNotExist();
    } finally {
      peer.destroyForcibly();
    }
  }
}
