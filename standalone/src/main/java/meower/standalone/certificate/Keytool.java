package meower.standalone.certificate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import meower.standalone.process.ServerFailedException;

/**
 * The JDK's own program for keys and certificates.
 *
 * @param store the key store it works on
 * @param password a file with the store's password: a command line is read by everybody
 */
record Keytool(Path store, Path password) {
  private static final int TIMEOUT_SECONDS = 60;
  private static final DateTimeFormatter START =
      DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss").withZone(ZoneOffset.UTC);

  /** Makes a key and a certificate that is signed with the key itself. */
  void makeAuthority(String alias, String name, Instant from, long days)
      throws IOException, InterruptedException {
    make(
        alias,
        name,
        from,
        days,
        List.of(
            "-ext", "BasicConstraints:critical=ca:true,pathlen:0",
            "-ext", "KeyUsage:critical=keyCertSign,cRLSign"));
  }

  /**
   * Makes a key and a certificate for a server.
   *
   * @param signer alias of the authority
   * @param hosts under which names and addresses it is reached, as {@code dns:…} and {@code ip:…}
   */
  void makeServer(
      String alias, String name, Instant from, long days, String signer, List<String> hosts)
      throws IOException, InterruptedException {
    make(
        alias,
        name,
        from,
        days,
        List.of(
            "-signer",
            signer,
            "-ext",
            "SubjectAlternativeName=" + String.join(",", hosts),
            "-ext",
            "KeyUsage:critical=digitalSignature",
            "-ext",
            "ExtendedKeyUsage=serverAuth"));
  }

  private void make(String alias, String name, Instant from, long days, List<String> further)
      throws IOException, InterruptedException {
    var options =
        new ArrayList<>(
            List.of(
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                name,
                "-startdate",
                START.format(from),
                "-validity",
                Long.toString(days)));
    options.addAll(further);
    run(options);
  }

  void delete(String alias) throws IOException, InterruptedException {
    run(List.of("-delete", "-alias", alias));
  }

  private void run(List<String> options) throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
    command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-Duser.timezone=UTC"));
    command.addAll(options);
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString()));
    command.addAll(List.of("-storepass:file", password.toString()));
    Path output = Files.createTempFile(store.getParent(), "keytool", ".log");
    try {
      var process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      if (process.waitFor() != 0) {
        throw new ServerFailedException(
            "keytool could not make a certificate in " + store + "; it said:",
            Files.readAllLines(output, StandardCharsets.UTF_8));
      }
    } finally {
      Files.delete(output);
    }
  }
}
