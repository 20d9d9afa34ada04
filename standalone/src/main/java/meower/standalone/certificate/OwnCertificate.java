package meower.standalone.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A certificate that an operator has for the names by which clients reach Meower, as files in PEM.
 *
 * @param certificate with those between it and the root behind it
 * @param key without a password
 * @param names of hosts that it is for, without those that stand for many
 * @param end until when it can be used
 */
public record OwnCertificate(Path certificate, Path key, List<String> names, Instant end) {
  private static final int DNS_NAME = 2;
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  /** How each kind of key signs; others are left to the proxy. */
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA", "EdDSA", "EdDSA");

  /**
   * Reads the files.
   *
   * @throws IOException if they cannot be used, with a message for whoever named them
   */
  public static OwnCertificate read(Path certificate, Path key, Instant now) throws IOException {
    String chain = text(certificate);
    var first = first(certificate, chain);
    var own =
        new OwnCertificate(
            certificate.toAbsolutePath().normalize(),
            key.toAbsolutePath().normalize(),
            names(certificate, first),
            first.getNotAfter().toInstant());
    own.requireValid(first, now);
    own.requireKey(text(key), first.getPublicKey());
    return own;
  }

  /**
   * Tells whether the files are others than their copy in a folder.
   *
   * @throws IOException if they cannot be used any more, with a message for an operator
   */
  public boolean differsFrom(Path folder, Instant now) throws IOException {
    read(certificate, key, now);
    var copied = ServerCertificate.in(folder, folder);
    return !Files.exists(copied.key())
        || !text(copied.certificate()).equals(text(certificate))
        || !text(copied.key()).equals(text(key));
  }

  /**
   * Writes it where the proxy can read it.
   *
   * @param ca what the clients of the other servers trust
   */
  public ServerCertificate copy(Path target, Path ca) throws IOException {
    return ServerCertificate.write(target, text(certificate), text(key), ca);
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + file, e);
    } catch (AccessDeniedException e) {
      throw new IOException(
          "the user %s may not read %s: put a copy where that one may, 0600"
              .formatted(System.getProperty("user.name"), file),
          e);
    } catch (IOException e) {
      throw new IOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static X509Certificate first(Path file, String chain) throws IOException {
    int begin = chain.indexOf("-----BEGIN CERTIFICATE-----");
    if (begin < 0) {
      throw new IOException(
          file + " has no certificate in PEM: name two files, the certificate and then the key");
    }
    try (var content =
        new ByteArrayInputStream(chain.substring(begin).getBytes(StandardCharsets.ISO_8859_1))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(content);
    } catch (CertificateException e) {
      throw new IOException("the certificate in " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<String> names(Path file, X509Certificate first) throws IOException {
    try {
      var all = first.getSubjectAlternativeNames();
      return all == null
          ? List.of()
          : all.stream()
              .filter(name -> Objects.equals(name.get(0), DNS_NAME))
              .map(name -> name.get(1).toString())
              .filter(name -> !name.startsWith("*"))
              .toList();
    } catch (CertificateException e) {
      throw new IOException("the names of the certificate in " + file + " cannot be read", e);
    }
  }

  private void requireValid(X509Certificate first, Instant now) throws IOException {
    if (now.isAfter(end)) {
      throw new IOException("the certificate in " + certificate + " ended " + end);
    }
    if (now.isBefore(first.getNotBefore().toInstant())) {
      throw new IOException(
          "the certificate in " + certificate + " begins " + first.getNotBefore().toInstant());
    }
  }

  private void requireKey(String secret, PublicKey counterpart) throws IOException {
    if (secret.contains("ENCRYPTED")) {
      throw new IOException(
          "the key in %s has a password, and nobody is there to type it: make one without, with openssl pkey -in %s -out key.pem"
              .formatted(key, key.getFileName()));
    }
    if (!secret.contains("PRIVATE KEY-----")) {
      throw new IOException(
          key + " has no key in PEM: name two files, the certificate and then the key");
    }
    if (!fits(secret, counterpart)) {
      throw new IOException("the key in " + key + " is not that of the certificate " + certificate);
    }
  }

  /** Of an older form the proxy says so itself. */
  private boolean fits(String secret, PublicKey counterpart) throws IOException {
    var encoded = PKCS8.matcher(secret);
    var signing = Optional.ofNullable(SIGNATURES.get(counterpart.getAlgorithm()));
    if (!encoded.find() || signing.isEmpty()) {
      return true;
    }
    try {
      var bytes = Base64.getMimeDecoder().decode(encoded.group(1));
      PrivateKey found =
          KeyFactory.getInstance(counterpart.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(bytes));
      var signature = Signature.getInstance(signing.get());
      signature.initSign(found);
      signature.update(bytes);
      byte[] signed = signature.sign();
      signature.initVerify(counterpart);
      signature.update(bytes);
      return signature.verify(signed);
    } catch (GeneralSecurityException | IllegalArgumentException _) {
      return false;
    }
  }
}
