package meower.standalone.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import meower.standalone.secret.PrivateFiles;

/** Remembers a process on disk, so that somebody else can find it after this program was killed. */
public record PidFile(Path path) {
  /** Remembers this process. */
  public void write(ProcessHandle process) throws IOException {
    var identity = ProcessIdentity.of(process);
    Files.createDirectories(path.getParent());
    PrivateFiles.write(path, identity.pid() + "\n" + identity.start() + "\n");
  }

  /** The remembered process, if it is still the one that was written down and still running. */
  public Optional<ProcessHandle> read() throws IOException {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    var lines = Files.readAllLines(path);
    if (lines.size() < 2 || !lines.getFirst().matches("\\d{1,18}")) {
      return Optional.empty();
    }
    return new ProcessIdentity(Long.parseLong(lines.get(0)), lines.get(1)).find();
  }

  public void delete() throws IOException {
    Files.deleteIfExists(path);
  }
}
