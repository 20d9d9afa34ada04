package meower.standalone.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds installed programs, also where an ordinary user's PATH does not look. */
public final class Executables {
  /** Debian installs nginx and nats-server into /usr/sbin, which is not on everybody's PATH. */
  private static final List<String> MORE_FOLDERS =
      List.of("/usr/local/bin", "/opt/homebrew/bin", "/usr/sbin", "/usr/local/sbin", "/sbin");

  private Executables() {}

  public static Optional<Path> find(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Stream.of(path.split(File.pathSeparator, -1)), MORE_FOLDERS.stream())
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  /** The program, or a failure that says how to install it. */
  public static Path require(String name) {
    return find(name)
        .orElseThrow(() ->
            new ServerFailedException(
                name + " is not installed: apt-get install " + name + " or brew install " + name,
                List.of()));
  }
}
