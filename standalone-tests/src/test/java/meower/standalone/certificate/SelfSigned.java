package meower.standalone.certificate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Certificates as an operator brings them, which have signed themselves. */
public final class SelfSigned {
  private static final String PASSWORD = "of no importance";

  private SelfSigned() {}

  /**
   * Makes one in the folder, in the place of one that is there.
   *
   * @param algorithm of its key: RSA, EC or Ed25519
   * @param days for which it is good, from yesterday on; fewer than none if it is over
   */
  public static OwnCertificate make(Path folder, String algorithm, int days, String... names)
      throws IOException, InterruptedException {
    write(folder, algorithm, days, names);
    return OwnCertificate.read(certificate(folder), key(folder), Instant.now());
  }

  static Path certificate(Path folder) {
    return folder.resolve("fullchain.pem");
  }

  static Path key(Path folder) {
    return folder.resolve("privkey.pem");
  }

  static void write(Path folder, String algorithm, int days, String... names)
      throws IOException, InterruptedException {
    Path store = folder.resolve("store.p12");
    Files.deleteIfExists(store);
    List<String> options =
        new ArrayList<>(List.of("-genkeypair", "-alias", "own", "-keyalg", algorithm));
    options.addAll(List.of("-dname", "CN=own", "-storepass", PASSWORD, "-keystore", "store.p12"));
    options.addAll(
        days > 0
            ? List.of("-startdate", "-1d", "-validity", "" + (days + 1))
            : List.of("-startdate", "-90d", "-validity", "" + (90 + days)));
    options.addAll(
        List.of(
            "-ext",
            "san=" + Stream.of(names).map("dns:"::concat).collect(Collectors.joining(","))));
    Keytool.run(folder, options);
    KeyFile made = KeyFile.read(store, PASSWORD);
    Files.writeString(key(folder), made.key("own"));
    Files.writeString(certificate(folder), made.certificate("own"));
  }
}
