package meower.standalone.certificate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys and certificates of a key store, as they are at one moment, and what is put there. */
record KeyFile(KeyStore store, String password) {
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  /** Reads the store; one that is not there has nothing. */
  static KeyFile read(Path file, String password) throws IOException {
    try {
      var store = KeyStore.getInstance("PKCS12");
      if (Files.exists(file)) {
        try (var content = Files.newInputStream(file)) {
          store.load(content, password.toCharArray());
        }
      } else {
        store.load(null, password.toCharArray());
      }
      return new KeyFile(store, password);
    } catch (GeneralSecurityException e) {
      throw unreadable(e);
    }
  }

  /** Adds a key with its certificates, or replaces those of that name. No file changes. */
  void put(String name, PrivateKeyEntry entry) throws IOException {
    try {
      store.setKeyEntry(
          name, entry.getPrivateKey(), password.toCharArray(), entry.getCertificateChain());
    } catch (GeneralSecurityException e) {
      throw unwritable(e);
    }
  }

  /** Returns all of it as a file has it, encrypted with the password. */
  byte[] content() throws IOException {
    var content = new ByteArrayOutputStream();
    try {
      store.store(content, password.toCharArray());
    } catch (GeneralSecurityException e) {
      throw unwritable(e);
    }
    return content.toByteArray();
  }

  /** Which of these are to be made anew, the authority first. */
  List<String> stale(String authority, List<String> names, Instant until) throws IOException {
    var stale = new ArrayList<String>();
    var ca = find(authority);
    if (ca == null || endsBefore(ca, until)) {
      stale.add(authority);
      stale.addAll(names);
      return stale;
    }
    for (String name : names) {
      var certificate = find(name);
      if (certificate == null || endsBefore(certificate, until) || !isSigned(certificate, ca)) {
        stale.add(name);
      }
    }
    return stale;
  }

  /** Returns a key with its certificates. */
  PrivateKeyEntry entry(String name) throws IOException {
    try {
      var entry = store.getEntry(name, new KeyStore.PasswordProtection(password.toCharArray()));
      return require(name, entry instanceof PrivateKeyEntry found ? found : null);
    } catch (GeneralSecurityException e) {
      throw unreadable(e);
    }
  }

  /** Returns a certificate in PEM. */
  String certificate(String name) throws IOException {
    try {
      return pem("CERTIFICATE", require(name, find(name)).getEncoded());
    } catch (GeneralSecurityException e) {
      throw unreadable(e);
    }
  }

  /** Returns a key in PEM. */
  String key(String name) throws IOException {
    try {
      Key key = store.getKey(name, password.toCharArray());
      return pem("PRIVATE KEY", require(name, key).getEncoded());
    } catch (GeneralSecurityException e) {
      throw unreadable(e);
    }
  }

  private @Nullable X509Certificate find(String name) throws IOException {
    try {
      return store.getCertificate(name) instanceof X509Certificate found ? found : null;
    } catch (GeneralSecurityException e) {
      throw unreadable(e);
    }
  }

  private static boolean endsBefore(X509Certificate certificate, Instant moment) {
    return certificate.getNotAfter().toInstant().isBefore(moment);
  }

  private static boolean isSigned(X509Certificate certificate, Certificate ca) {
    try {
      certificate.verify(ca.getPublicKey());
      return true;
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  private static <T> T require(String name, @Nullable T found) throws IOException {
    if (found == null) {
      throw new IOException("there is no certificate of " + name);
    }
    return found;
  }

  private static String pem(String type, byte[] content) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(type, LINES.encodeToString(content), type)
        .replace("\r\n", "\n");
  }

  private static IOException unwritable(GeneralSecurityException e) {
    return new IOException("the keys cannot be written: " + e.getMessage(), e);
  }

  private static IOException unreadable(GeneralSecurityException e) {
    return new IOException("the keys cannot be read: " + e.getMessage(), e);
  }
}
