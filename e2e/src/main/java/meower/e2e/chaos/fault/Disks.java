package meower.e2e.chaos.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import meower.standalone.process.DataFolder;

/**
 * A disk in memory for each server's data, which can be full at once: it is made as small as what
 * is on it. Only where we may mount.
 */
final class Disks implements AutoCloseable {

  private static final String LARGE = "size=3g";

  /** Its server may write between our look at the disk and what we make of it. */
  private static final int TRIES = 20;

  private final DataFolder data;
  private final List<Path> mounted = new ArrayList<>();

  Disks(DataFolder data) {
    this.data = data;
  }

  static boolean areAvailable() throws IOException, InterruptedException {
    Path probe = Files.createTempDirectory("meower-disk");
    try {
      return Commands.succeeds("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", probe.toString())
          && Commands.succeeds("umount", probe.toString());
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  /** Puts a server's folder, with what is in it, on a disk of its own. */
  void mount(String server) throws IOException, InterruptedException {
    Path folder = data.of(server);
    Path moved = folder.resolveSibling(server + ".before");
    if (Files.exists(folder)) {
      Files.move(folder, moved);
    }
    Files.createDirectories(folder);
    Commands.run("mount", "-t", "tmpfs", "-o", LARGE + ",mode=0700", "tmpfs", folder.toString());
    mounted.add(folder);
    if (Files.exists(moved)) {
      Commands.run("cp", "-a", moved + "/.", folder.toString());
      Commands.run("rm", "-r", moved.toString());
    }
  }

  void fill(String server) throws IOException, InterruptedException {
    Path folder = data.of(server);
    for (int i = 1; i < TRIES; i++) {
      if (Commands.succeeds(remounted(folder, asMuchAsIsUsed(folder)))) {
        return;
      }
    }
    Commands.run(remounted(folder, asMuchAsIsUsed(folder)));
  }

  private static String asMuchAsIsUsed(Path folder) throws IOException {
    var store = Files.getFileStore(folder);
    long used = store.getTotalSpace() - store.getUnallocatedSpace();
    return "size=" + Math.max(used, 4096);
  }

  void empty(String server) throws IOException, InterruptedException {
    Commands.run(remounted(data.of(server), LARGE));
  }

  private static String[] remounted(Path folder, String size) {
    return new String[] {"mount", "-o", "remount," + size, folder.toString()};
  }

  @Override
  public void close() {
    try {
      for (var folder : mounted) {
        // Lazily: a process that is still ending must not keep it.
        Commands.run("umount", "-l", folder.toString());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
