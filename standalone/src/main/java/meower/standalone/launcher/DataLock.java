package meower.standalone.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import meower.standalone.process.DataFolder;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that one launcher at a time uses a data folder. The system frees it however that one
 * ends.
 */
record DataLock(FileChannel channel, FileLock lock) implements AutoCloseable {
  static Optional<DataLock> take(DataFolder data) throws IOException {
    data.create();
    Path path = data.run().resolve("lock");
    var channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = tryLock(channel);
    if (lock == null) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(new DataLock(channel, lock));
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null; // this program has it
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
