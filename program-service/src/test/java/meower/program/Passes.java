package meower.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import meower.web.pass.Pass;
import meower.web.pass.PassKeys;
import meower.web.pass.Scope;

/** Passes that the services of these tests believe. */
public final class Passes {

  private static final Path FILE = newFile();
  private static final PassKeys KEYS = keys();

  private Passes() {}

  static Path file() {
    return FILE;
  }

  public static String of(String program) {
    return of(program, Scope.QUEUES);
  }

  public static String of(String program, Scope... scopes) {
    return KEYS.write(new Pass(program, Set.of(scopes), Instant.now().plusSeconds(600)));
  }

  private static Path newFile() {
    try {
      Path folder = Files.createTempDirectory("passes");
      folder.toFile().deleteOnExit();
      return folder.resolve("passes");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PassKeys keys() {
    try {
      PassKeys keys = new PassKeys(FILE, Clock.systemUTC());
      FILE.toFile().deleteOnExit();
      return keys;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
