package meower.standalone.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnCertificateTests {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA", "Ed25519"})
  void takesCertificatesOfEveryKindThatIsInUse(String algorithm) throws Exception {
    var own = SelfSigned.make(folder, algorithm, 30, "meower.example", "*.meower.example");

    assertThat(own.names()).containsExactly("meower.example");
    assertThat(own.end())
        .isBetween(
            Instant.now().plus(Duration.ofDays(29)), Instant.now().plus(Duration.ofDays(31)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA", "Ed25519"})
  void refusesTheKeyOfAnother(String algorithm) throws Exception {
    SelfSigned.write(folder, algorithm, 30, "meower.example");
    String other = Files.readString(SelfSigned.key(folder));
    SelfSigned.write(folder, algorithm, 30, "meower.example");
    Files.writeString(SelfSigned.key(folder), other);

    assertRefused("is not that of the certificate");
  }

  @Test
  void refusesWhatIsOverOrHasNotBegun() throws Exception {
    SelfSigned.write(folder, "EC", -1, "meower.example");
    assertRefused("ended 20");

    SelfSigned.write(folder, "EC", 30, "meower.example");
    assertThatThrownBy(() ->
            OwnCertificate.read(
                SelfSigned.certificate(folder),
                SelfSigned.key(folder),
                Instant.now().minus(Duration.ofDays(10))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("begins 20");
  }

  @Test
  void saysWhatIsWrongWithTheFiles() throws Exception {
    assertRefused("there is no file " + SelfSigned.certificate(folder));
    SelfSigned.write(folder, "EC", 30, "meower.example");
    String key = Files.readString(SelfSigned.key(folder));

    Files.writeString(SelfSigned.key(folder), key.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"));
    assertRefused("has a password");
    Files.writeString(
        SelfSigned.key(folder),
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMIIE\n-----END RSA PRIVATE KEY-----\n");
    assertRefused("has a password");
    Files.writeString(SelfSigned.key(folder), "");
    assertRefused("has no key in PEM");
    Files.delete(SelfSigned.key(folder));
    assertRefused("there is no file " + SelfSigned.key(folder));
    Files.createDirectory(SelfSigned.key(folder));
    assertRefused("cannot be read");

    Files.writeString(SelfSigned.certificate(folder), key);
    assertRefused("has no certificate in PEM");
    Files.writeString(
        SelfSigned.certificate(folder),
        "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----\n");
    assertRefused("cannot be read");
  }

  @Test
  void knowsWhetherItWasReplaced() throws Exception {
    var own = SelfSigned.make(folder, "EC", 30, "meower.example");
    Path copy = folder.resolve("nginx");
    assertThat(own.differsFrom(copy, Instant.now())).isTrue();
    own.copy(copy, folder.resolve("ca.pem"));
    assertThat(own.differsFrom(copy, Instant.now())).isFalse();
    SelfSigned.write(folder, "EC", 60, "meower.example");
    assertThat(own.differsFrom(copy, Instant.now())).isTrue();
  }

  private void assertRefused(String words) {
    assertThatThrownBy(() ->
            OwnCertificate.read(
                SelfSigned.certificate(folder), SelfSigned.key(folder), Instant.now()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(words);
  }
}
