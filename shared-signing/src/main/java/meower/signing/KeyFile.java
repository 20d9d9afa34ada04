package meower.signing;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/** Keys in a file that nobody but its owner reads. */
public final class KeyFile {

  static final int KEY_BYTES = 32;

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<?> OWNERS_FOLDER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private KeyFile() {}

  /**
   * Returns the keys of the file, which is made with a new one if it is not there.
   *
   * @throws IOException if it can be neither read nor made
   * @throws IllegalStateException if there is no key in it, or something that is none
   */
  public static List<byte[]> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      make(file);
    }
    List<byte[]> keys =
        Files.readAllLines(file).stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .map(line -> key(file, line))
            .toList();
    if (keys.isEmpty()) {
      throw new IllegalStateException(file + " has no key: delete it, and it is made anew");
    }
    return keys;
  }

  /** Returns a new key. */
  public static byte[] random() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return key;
  }

  private static byte[] key(Path file, String line) {
    try {
      byte[] key = Base64.getDecoder().decode(line);
      if (key.length >= KEY_BYTES) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      // Said below, without a part of what may be a secret.
    }
    throw new IllegalStateException(
        file + " has a line that is no key of " + KEY_BYTES + " bytes or more in Base64");
  }

  /** Of several instances that start together one makes it: it appears with its key in it. */
  private static void make(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder, OWNERS_FOLDER);
    Path draft = Files.createTempFile(folder, "key", ".draft", OWNER_ONLY);
    try {
      Files.writeString(draft, Base64.getEncoder().encodeToString(random()) + "\n");
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      // Another instance was faster; its key counts.
    } finally {
      Files.delete(draft);
    }
  }
}
