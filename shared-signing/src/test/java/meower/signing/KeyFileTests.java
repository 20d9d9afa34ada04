package meower.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTests {

  @TempDir Path folder;

  @Test
  void isNobodyElsesNorIsTheFolderThatIsMadeForIt() throws IOException {
    Path keys = folder.resolve("keys");
    KeyFile.read(keys.resolve("passes"));
    assertThat(permissions(keys.resolve("passes"))).isEqualTo("rw-------");
    assertThat(permissions(keys)).isEqualTo("rwx------");
  }

  @Test
  void isMadeOnce() throws IOException {
    Path file = folder.resolve("keys/passes");
    assertThat(KeyFile.read(file).getFirst()).isEqualTo(KeyFile.read(file).getFirst());
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
