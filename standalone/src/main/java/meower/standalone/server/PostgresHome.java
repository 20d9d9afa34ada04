package meower.standalone.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The PostgreSQL programs: unpacked once from the archive on the class path. */
record PostgresHome(Path directory) {
  private static final Set<PosixFilePermission> PROGRAM =
      PosixFilePermissions.fromString("rwxr-xr-x");

  Path program(String name) {
    return directory.resolve("bin").resolve(name);
  }

  /** Safe when several processes do it at the same time. */
  void unpack() throws IOException {
    if (Files.exists(directory)) {
      return;
    }
    Files.createDirectories(directory.getParent());
    Path lock = directory.resolveSibling("postgres.lock");
    try (var channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = channel.lock()) {
      if (!Files.exists(directory)) {
        Path incomplete = Files.createTempDirectory(directory.getParent(), "postgres-");
        Files.setPosixFilePermissions(incomplete, PROGRAM);
        unpackTo(incomplete);
        Files.move(incomplete, directory);
      }
    }
  }

  private static void unpackTo(Path target) throws IOException {
    try (var tar =
        new TarArchiveInputStream(
            new XZCompressorInputStream(new BufferedInputStream(archive())))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("refused to unpack " + entry.getName());
        }
        unpack(tar, entry, path);
      }
    }
  }

  private static void unpack(InputStream tar, TarArchiveEntry entry, Path path) throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      return;
    }
    Files.createDirectories(path.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else {
      Files.copy(tar, path);
      if ((entry.getMode() & 0100) != 0) {
        Files.setPosixFilePermissions(path, PROGRAM);
      }
    }
  }

  private static InputStream archive() throws IOException {
    String name = "/postgres-%s.txz".formatted(platform());
    InputStream archive = PostgresHome.class.getResourceAsStream(name);
    if (archive == null) {
      throw new IOException(
          "no PostgreSQL for this machine: " + name + " is not on the class path");
    }
    return archive;
  }

  private static String platform() {
    String system =
        System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    return system + "-" + (arm ? "arm_64" : "x86_64");
  }
}
