package meower.standalone.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Set;
import meower.standalone.secret.Secrets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesIntegrationTests {
  private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");

  @TempDir Path data;
  Path target;

  @BeforeEach
  void chooseTarget() {
    target = data.resolve("nginx").resolve("tls");
  }

  @Test
  void makesCertificatesThatWhoeverTrustsTheAuthorityTrusts() throws Exception {
    var certificates = at(NOW);
    assertThat(certificates.ensure(List.of("nginx", "nats")))
        .containsExactly("ca", "nginx", "nats");

    for (String name : List.of("nginx", "nats")) {
      var copied = certificates.copy(name, target);
      var certificate = read(copied.certificate());
      assertTrusted(certificate, read(copied.ca()), NOW.plusSeconds(1));
      assertThat(certificate.getSubjectAlternativeNames())
          .extracting(entry -> (Object) entry.get(1))
          .contains("localhost", "127.0.0.1");
      assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
    }
    assertThat(read(certificates.ca()).getBasicConstraints()).isZero();
  }

  @Test
  void letsNobodyElseReadTheKeys() throws Exception {
    var certificates = at(NOW);
    certificates.ensure(List.of("nginx"));
    var copied = certificates.copy("nginx", target);

    for (Path file : List.of(tls().resolve("keys.p12"), copied.key(), password())) {
      assertThat(mode(file)).as(file.toString()).isEqualTo("rw-------");
    }
    for (Path folder : List.of(tls(), target, data.resolve("secrets"))) {
      assertThat(mode(folder)).as(folder.toString()).isEqualTo("rwx------");
    }
    try (var files = Files.list(tls())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("ca.pem", "keys.p12");
    }
  }

  @Test
  void renewsWhatEndsWithin30DaysAndKeepsTheAuthority() throws Exception {
    at(NOW).ensure(List.of("nginx"));
    String ca = Files.readString(at(NOW).ca());
    var first = serial(at(NOW));

    Instant early = NOW.plus(Duration.ofDays(Certificates.SERVER_DAYS - 31));
    assertThat(at(early).ensure(List.of("nginx"))).isEmpty();
    assertThat(serial(at(early))).isEqualTo(first);

    Instant late = NOW.plus(Duration.ofDays(Certificates.SERVER_DAYS - 29));
    assertThat(at(late).ensure(List.of("nginx"))).containsExactly("nginx");
    assertThat(serial(at(late))).isNotEqualTo(first);
    assertThat(Files.readString(at(late).ca())).isEqualTo(ca);
    assertTrusted(
        read(at(late).copy("nginx", target).certificate()),
        read(at(late).ca()),
        late.plus(Duration.ofDays(100)));
  }

  @Test
  void makesEverythingAnewWhenTheAuthorityEnds() throws Exception {
    at(NOW).ensure(List.of("nginx"));
    Instant late = NOW.plus(Duration.ofDays(Certificates.AUTHORITY_DAYS - 29));

    assertThat(at(late).ensure(List.of("nginx"))).containsExactly("ca", "nginx");
    assertTrusted(
        read(at(late).copy("nginx", target).certificate()),
        read(at(late).ca()),
        late.plusSeconds(1));
  }

  @Test
  void addsWhatAnEarlierVersionDidNotHaveAndBringsTheFileBack() throws Exception {
    at(NOW).ensure(List.of("nginx"));
    Files.delete(at(NOW).ca());

    assertThat(at(NOW).ensure(List.of("nginx", "nats"))).containsExactly("nats");
    assertThat(at(NOW).ca()).exists();
  }

  private Certificates at(Instant moment) {
    return new Certificates(
        tls(), new Secrets(data.resolve("secrets")), Clock.fixed(moment, ZoneOffset.UTC));
  }

  private Path tls() {
    return data.resolve("tls");
  }

  private Path password() {
    return data.resolve("secrets").resolve("certificates").resolve("keys.password");
  }

  private BigInteger serial(Certificates certificates) throws Exception {
    return read(certificates.copy("nginx", target).certificate()).getSerialNumber();
  }

  private static X509Certificate read(Path file) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
  }

  private static void assertTrusted(X509Certificate certificate, X509Certificate ca, Instant at)
      throws Exception {
    var parameters = new PKIXParameters(Set.of(new TrustAnchor(ca, null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(at));
    var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate));
    CertPathValidator.getInstance("PKIX").validate(path, parameters);
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
