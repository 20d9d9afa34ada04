package meower.standalone.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Random passwords, each in a file of its own that is made when it is first asked for.
 *
 * <p>Each user has a folder, in which a file has the name of the setting: that is what Spring Boot
 * reads as a {@code configtree:}.
 *
 * @param folder of a data folder
 */
public record Secrets(Path folder) {
  private static final int BYTES = 32;

  /** Returns the folder of one user, which is there from now on. */
  public Path of(String user) throws IOException {
    PrivateFiles.folder(folder);
    return PrivateFiles.folder(folder.resolve(user));
  }

  /** Returns a password of 256 bits, the same one each time. */
  public String of(String user, String setting) throws IOException {
    Path file = of(user).resolve(setting);
    if (!Files.exists(file)) {
      PrivateFiles.write(file, random());
    }
    return Files.readString(file);
  }

  private static String random() {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }
}
