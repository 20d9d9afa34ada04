package meower.standalone.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import meower.standalone.secret.PrivateFiles;

/** A server's log: never much larger than its limit, with one older file beside it. */
public record LogFile(Path path) {
  public static final long MAX_BYTES = 20L * 1024 * 1024;
  private static final int TAIL_BYTES = 16 * 1024;

  /**
   * Sets a log that has grown too large aside, and makes one that nobody else may read. To be
   * called while nobody writes it.
   */
  public void rotate() throws IOException {
    Files.createDirectories(path.getParent());
    if (Files.exists(path) && Files.size(path) > MAX_BYTES) {
      Files.move(path, older(), StandardCopyOption.REPLACE_EXISTING);
    }
    PrivateFiles.ensure(path);
  }

  /** The same for a log that is being written: its writer appends, so it goes on at the new end. */
  public void rotateInPlace() throws IOException {
    PrivateFiles.ensure(older());
    try (var copied = Files.newOutputStream(older())) {
      Files.copy(path, copied);
    }
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(0);
    }
  }

  /** The last lines that say something; none when there is no log. */
  public List<String> lastLines(int count) {
    try (var file = new RandomAccessFile(path.toFile(), "r")) {
      long start = Math.max(0, file.length() - TAIL_BYTES);
      byte[] tail = new byte[(int) (file.length() - start)];
      file.seek(start);
      file.readFully(tail);
      var lines =
          new String(tail, StandardCharsets.UTF_8).lines().filter(LogFile::saysSomething).toList();
      return lines.subList(Math.max(0, lines.size() - count), lines.size());
    } catch (IOException _) {
      return List.of();
    }
  }

  /** A stack trace would push its own message out of the last lines. */
  private static boolean saysSomething(String line) {
    return !line.isBlank() && !line.startsWith("\tat ") && !line.startsWith("\t... ");
  }

  private Path older() {
    return path.resolveSibling(path.getFileName() + ".1");
  }
}
