package meower.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import meower.standalone.process.Ports;
import meower.standalone.server.NatsServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderIntegrationTests {
  @TempDir Path parent;

  @Test
  void endsTheServersOfAJvmThatWasKilled() throws Exception {
    var abandoned = RunFolder.create(parent);
    int port = Ports.free();
    try (var nats = new NatsServer(abandoned.server("nats", port), port, Ports.free())) {
      nats.start();
      Files.write(abandoned.path().resolve("owner.pid"), List.of("1", "another-boot:1"));
      RunFolder.create(parent);
      assertThat(nats.isAlive()).isFalse();
      assertThat(abandoned.path()).doesNotExist();
    }
  }

  @Test
  void leavesTheServersOfAnotherJvmAlone() throws Exception {
    var other = RunFolder.create(parent);
    RunFolder.create(parent);
    assertThat(other.path()).exists();
  }

  @Test
  void leavesAloneWhatHasNoOwnerYet() throws Exception {
    Path beingMade = Files.createDirectory(parent.resolve("new-1"));
    RunFolder.create(parent);
    assertThat(beingMade).exists();
  }
}
