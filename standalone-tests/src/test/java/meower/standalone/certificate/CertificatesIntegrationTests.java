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
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import meower.standalone.secret.PrivateFiles;
import meower.standalone.secret.Secrets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificatesIntegrationTests {
  private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
  private static final String SUBJECT_KEY = "2.5.29.14";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String AUTHORITY_KEY = "2.5.29.35";
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  private static final String CURVE = "secp256r1 ";
  private static final int DIGITAL_SIGNATURE = 0;
  private static final int KEY_CERT_SIGN = 5;
  private static final int CRL_SIGN = 6;

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
  void saysWhatACertificateIsFor() throws Exception {
    at(NOW).ensure(List.of("nginx"));
    var ca = read(at(NOW).ca());
    var server = read(at(NOW).copy("nginx", target).certificate());

    assertThat(ca.getCriticalExtensionOIDs())
        .containsExactlyInAnyOrder(BASIC_CONSTRAINTS, KEY_USAGE);
    assertThat(usages(ca)).containsExactly(KEY_CERT_SIGN, CRL_SIGN);
    assertThat(server.getCriticalExtensionOIDs()).containsExactly(KEY_USAGE);
    assertThat(usages(server)).containsExactly(DIGITAL_SIGNATURE);
    assertThat(server.getExtendedKeyUsage()).containsExactly(SERVER_AUTH);
    assertThat(server.getSubjectAlternativeNames())
        .containsExactlyInAnyOrder(
            List.of(2, "localhost"), List.of(7, "127.0.0.1"), List.of(7, "0:0:0:0:0:0:0:1"));
    assertThat(identifier(server, AUTHORITY_KEY)).isEqualTo(identifier(ca, SUBJECT_KEY));
    assertThat(identifier(server, SUBJECT_KEY)).isNotEqualTo(identifier(ca, SUBJECT_KEY));
    for (var certificate : List.of(ca, server)) {
      assertThat(((ECPublicKey) certificate.getPublicKey()).getParams())
          .asString()
          .startsWith(CURVE);
      assertThat(certificate.getSerialNumber()).isPositive();
      assertThat(certificate.getNotBefore()).isEqualTo(NOW);
    }
    assertThat(ca.getNotAfter()).isEqualTo(NOW.plus(Duration.ofDays(3_650)));
    assertThat(server.getNotAfter()).isEqualTo(NOW.plus(Duration.ofDays(397)));
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

  @Test
  void goesOnWithTheAuthorityThatAnEarlierVersionHasMade() throws Exception {
    makeAuthorityWithKeytool();

    assertThat(at(NOW).ensure(List.of("nginx"))).containsExactly("nginx");
    var ca = read(at(NOW).ca());
    var server = read(at(NOW).copy("nginx", target).certificate());
    assertThat(ca.getSubjectX500Principal().getName()).isEqualTo("CN=Meower of 2026-11-28");
    assertTrusted(server, ca, NOW.plusSeconds(1));
    assertThat(identifier(server, AUTHORITY_KEY)).isEqualTo(identifier(ca, SUBJECT_KEY));
  }

  private void makeAuthorityWithKeytool() throws Exception {
    PrivateFiles.folder(tls());
    String password = new Secrets(data.resolve("secrets")).of("certificates", "keys.password");
    Keytool.run(
        tls(),
        List.of(
            "-genkeypair",
            "-alias",
            "ca",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=Meower of 2026-11-28",
            "-startdate",
            "2026/11/28 10:00:00",
            "-validity",
            "3650",
            "-ext",
            "BasicConstraints:critical=ca:true,pathlen:0",
            "-ext",
            "KeyUsage:critical=keyCertSign,cRLSign",
            "-storetype",
            "PKCS12",
            "-keystore",
            "keys.p12",
            "-storepass",
            password));
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

  /** The places of the bits that are set. */
  private static List<Integer> usages(X509Certificate certificate) {
    boolean[] bits = certificate.getKeyUsage();
    return IntStream.range(0, bits.length).filter(i -> bits[i]).boxed().toList();
  }

  /** A SHA-1, which ends the extension. */
  private static byte[] identifier(X509Certificate certificate, String extension) {
    byte[] value = certificate.getExtensionValue(extension);
    return Arrays.copyOfRange(value, value.length - 20, value.length);
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
