package meower.standalone.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.Nats;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.nio.file.Path;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NatsServerIntegrationTests {
  @TempDir Path folder;

  @Test
  @SuppressWarnings("try") // Connection.close() declares InterruptedException
  void keepsAStreamThroughAKill() throws Exception {
    try (var nats = new NatsServer(new DataFolder(folder), Ports.free(), Ports.free())) {
      nats.start();
      try (var connection = Nats.connect(nats.url())) {
        connection
            .jetStreamManagement()
            .addStream(
                StreamConfiguration.builder()
                    .name("NOTES")
                    .subjects("note")
                    .storageType(StorageType.File)
                    .build());
        connection.jetStream().publish("note", "hello".getBytes(UTF_8));
      }
      nats.kill();
      nats.start();
      try (var connection = Nats.connect(nats.url())) {
        var message = connection.jetStreamManagement().getMessage("NOTES", 1);
        assertThat(new String(message.getData(), UTF_8)).isEqualTo("hello");
      }
    }
  }
}
