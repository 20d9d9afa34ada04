package meower.testservers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Folders;
import meower.standalone.process.PidFile;
import meower.standalone.stack.Orphans;

/**
 * Where the servers of one JVM keep their data, below the module's target folder.
 *
 * <p>A JVM that was killed cannot stop its servers: the next one finds them here and does.
 */
record RunFolder(Path path) {
  private static final String PREFIX = "run-";

  static RunFolder create(Path parent) throws IOException {
    Files.createDirectories(parent);
    for (RunFolder other : existing(parent)) {
      if (other.path.getFileName().toString().startsWith(PREFIX)) {
        other.deleteIfAbandoned();
      }
    }
    var unseen = new RunFolder(Files.createTempDirectory(parent, "new-"));
    unseen.owner().write(ProcessHandle.current());
    // Another JVM that looks at this moment finds it with its owner, or not at all.
    Path path = parent.resolve(PREFIX + unseen.path.getFileName());
    return new RunFolder(Files.move(unseen.path, path, StandardCopyOption.ATOMIC_MOVE));
  }

  /** A folder for one server; there can be several of a kind. */
  DataFolder server(String kind, int port) {
    return new DataFolder(path.resolve(kind + "-" + port));
  }

  void delete() throws IOException {
    Folders.delete(path);
  }

  private void deleteIfAbandoned() throws IOException {
    if (owner().read().isPresent()) {
      return;
    }
    for (RunFolder server : existing(path)) {
      try {
        new Orphans(new DataFolder(server.path)).end();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while ending the servers of an earlier run", e);
      }
    }
    delete();
  }

  private static List<RunFolder> existing(Path parent) throws IOException {
    try (Stream<Path> folders = Files.list(parent)) {
      return folders.filter(Files::isDirectory).map(RunFolder::new).toList();
    }
  }

  private PidFile owner() {
    return new PidFile(path.resolve("owner.pid"));
  }
}
