package meower.standalone.secret;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files that nobody but their owner may read. */
public final class PrivateFiles {
  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  private PrivateFiles() {}

  /** Makes the folder, 0700, or gives that mode to the one that is there. */
  public static Path folder(Path folder) throws IOException {
    Files.createDirectories(folder);
    takeFromOthers(folder);
    return folder;
  }

  /**
   * Writes a file, 0600 from its first moment on. Whoever reads it meanwhile gets the old content
   * or the new one.
   */
  public static Path write(Path file, String content) throws IOException {
    return write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /** Likewise. */
  public static Path write(Path file, byte[] content) throws IOException {
    Path incomplete = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(incomplete);
    try (var channel =
            Files.newByteChannel(
                incomplete,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(FILE));
        var stream = Channels.newOutputStream(channel)) {
      stream.write(content);
    }
    return Files.move(
        incomplete, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Makes an empty file, 0600, or gives that mode to the one that is there. */
  public static void ensure(Path file) throws IOException {
    if (Files.notExists(file)) {
      write(file, "");
    }
    restrict(file);
  }

  /** Takes a file from everybody but its owner. */
  public static void restrict(Path file) throws IOException {
    Files.setPosixFilePermissions(file, FILE);
  }

  /** Takes a folder and all that is in it from everybody but their owners. Follows no link. */
  public static void restrictAll(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            takeFromOthers(dir);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              takeFromOthers(file);
            }
            return FileVisitResult.CONTINUE;
          }

          // What is gone meanwhile, nobody can read.
          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
  }

  private static void takeFromOthers(Path path) throws IOException {
    try {
      var permissions = EnumSet.copyOf(Files.getPosixFilePermissions(path));
      if (permissions.removeIf(permission -> !FOLDER.contains(permission))) {
        Files.setPosixFilePermissions(path, permissions);
      }
    } catch (NoSuchFileException _) {
      // It is gone meanwhile.
    }
  }
}
