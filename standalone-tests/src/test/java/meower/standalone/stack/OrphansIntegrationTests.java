package meower.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Ports;
import meower.standalone.server.NatsServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrphansIntegrationTests {
  @TempDir Path folder;
  DataFolder data;

  @BeforeEach
  void createFolders() throws IOException {
    data = new DataFolder(folder);
    data.create();
  }

  @Test
  void endsAServerWhoseLauncherIsGone() throws Exception {
    try (var nats = new NatsServer(data, Ports.free(), Ports.free())) {
      nats.start();
      assertThat(new Orphans(data).end()).containsExactly("nats");
      assertThat(nats.isAlive()).isFalse();
      assertThat(new Orphans(data).end()).isEmpty();
    }
  }

  @Test
  void leavesAProcessAloneThatWasOnlyGivenTheSameId() throws Exception {
    var stranger = new ProcessBuilder("sleep", "60").start();
    try {
      Files.write(data.pidFile("nats"), List.of("" + stranger.pid(), "another-boot:1"));
      assertThat(new Orphans(data).end()).isEmpty();
      assertThat(stranger.isAlive()).isTrue();
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void isNotConfusedByPidFilesThatAreDamaged() throws Exception {
    Files.writeString(data.pidFile("nats"), "");
    Files.writeString(data.pidFile("nginx"), "x\ny\n");
    assertThat(new Orphans(data).end()).isEmpty();
    assertThat(data.pidFile("nats")).doesNotExist();
  }
}
