package meower.standalone.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import meower.standalone.process.DataFolder;
import meower.standalone.process.LogFile;
import meower.standalone.process.Ports;
import meower.standalone.stack.ProjectLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever else is on the machine reads nothing of a data folder. */
class ModesIntegrationTests {
  private static final Set<PosixFilePermission> OF_OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  @TempDir Path folder;

  @Test
  void takesAnOlderDataFolderFromEverybodyElse() throws IOException {
    var data = new DataFolder(folder.resolve("data"));
    startAndStop(data);
    Path notOurs = Files.createDirectory(data.root().resolve("photos"));
    for (Path path : all(data.root())) {
      var permissions = EnumSet.copyOf(Files.getPosixFilePermissions(path));
      permissions.addAll(PosixFilePermissions.fromString("---r-xr-x"));
      Files.setPosixFilePermissions(path, permissions);
    }

    startAndStop(data);

    assertThat(all(data.root()).stream().filter(ModesIntegrationTests::isOpen))
        .containsExactly(notOurs);
  }

  @Test
  void aLogThatIsSetAsideIsNobodyElsesEither() throws IOException {
    var log = new LogFile(folder.resolve("part.log"));
    log.rotate();
    Files.writeString(log.path(), "GET /search?query=secret\n");
    log.rotateInPlace();

    assertThat(all(folder).stream().filter(path -> !path.equals(folder)))
        .hasSize(2)
        .noneMatch(ModesIntegrationTests::isOpen);
  }

  private static void startAndStop(DataFolder data) throws IOException {
    data.create();
    try (var postgres =
            new PostgresServer(ProjectLayout.find().postgresHome(), data, Ports.free());
        var nats = new NatsServer(data, Ports.free(), Ports.free())) {
      postgres.start();
      nats.start();
    }
  }

  private static List<Path> all(Path folder) throws IOException {
    try (var paths = Files.walk(folder)) {
      return paths.toList();
    }
  }

  private static boolean isOpen(Path path) {
    try {
      return Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS).stream()
          .anyMatch(OF_OTHERS::contains);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
