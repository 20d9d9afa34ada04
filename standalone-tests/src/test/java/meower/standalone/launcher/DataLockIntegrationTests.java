package meower.standalone.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import meower.standalone.process.DataFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLockIntegrationTests {
  @TempDir Path folder;

  @Test
  void isGivenToOneAtATime() throws IOException {
    var data = new DataFolder(folder);
    try (var lock = DataLock.take(data).orElseThrow()) {
      assertThat(lock.lock().isValid()).isTrue();
      assertThat(DataLock.take(data)).isEmpty();
    }
    try (var lock = DataLock.take(data).orElseThrow()) {
      assertThat(lock.lock().isValid()).isTrue();
    }
  }
}
