package meower.standalone.launcher;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import meower.standalone.process.LogFile;

/**
 * Reads what is added to a log, line by line, and keeps the log from growing without end. Not
 * thread-safe.
 */
final class LogTail {
  private static final int CHUNK = 64 * 1024;

  /** So many files stay beside a log, the first one the youngest. */
  private static final int OLDER = 4;

  private final LogFile log;
  private final Consumer<String> lines;
  private final StringBuilder unfinished = new StringBuilder();
  private long position;

  /** Begins at the present end of the log. */
  LogTail(LogFile log, Consumer<String> lines) throws IOException {
    this.log = log;
    this.lines = lines;
    this.position = size();
  }

  /** Passes on what was added since the last call. */
  void poll() throws IOException {
    long size = size();
    if (size < position) {
      position = 0;
    }
    while (position < size) {
      read(size);
    }
    if (size > LogFile.MAX_BYTES) {
      moveOlder();
      log.rotateInPlace();
      position = 0;
    }
  }

  private void moveOlder() throws IOException {
    for (int number = OLDER - 1; number > 0; number--) {
      if (Files.exists(older(number))) {
        Files.move(older(number), older(number + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Path older(int number) {
    return log.path().resolveSibling(log.path().getFileName() + "." + number);
  }

  private void read(long size) throws IOException {
    byte[] chunk = new byte[(int) Math.min(CHUNK, size - position)];
    try (var file = new RandomAccessFile(log.path().toFile(), "r")) {
      file.seek(position);
      int count = file.read(chunk);
      if (count < 0) {
        position = size; // cut off by somebody else meanwhile
        return;
      }
      int end = lastLineBreak(chunk, count);
      int used = end > 0 ? end : count;
      position += used;
      pass(new String(chunk, 0, used, StandardCharsets.UTF_8));
    }
  }

  /** Whole lines only, so that no character is cut in half; a line longer than a chunk is. */
  private static int lastLineBreak(byte[] chunk, int count) {
    int end = count;
    while (end > 0 && chunk[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private void pass(String text) {
    unfinished.append(text);
    int end;
    while ((end = unfinished.indexOf("\n")) >= 0) {
      lines.accept(unfinished.substring(0, end));
      unfinished.delete(0, end + 1);
    }
  }

  private long size() throws IOException {
    return Files.exists(log.path()) ? Files.size(log.path()) : 0;
  }
}
