package meower.program.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTests {

  private static final byte[] SECRET =
      "a secret of thirty-two characters".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] KEY = new byte[32];
  private static final byte[] OTHER = new byte[] {1, 2, 3, 4, 5, 6, 7, 8};

  @TempDir private Path folder;

  /** The example of the library, which has other languages do the same. */
  @Test
  void signsAsTheStandardSays() {
    SigningSecret secret =
        new SigningSecret(Base64.getDecoder().decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), null);
    assertThat(
            secret.sign(
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1614265330,
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @Test
  void aSecretEnds() {
    Instant end = Instant.parse("2026-01-01T00:00:00Z");
    assertThat(new SigningSecret(KEY, end).isGood(end.minusMillis(1))).isTrue();
    assertThat(new SigningSecret(KEY, end).isGood(end)).isFalse();
    assertThat(new SigningSecret(KEY, null).isGood(end)).isTrue();
  }

  @Test
  void isNotToBeReadWithoutTheKey() {
    SecretCipher cipher = new SecretCipher(List.of(KEY));
    byte[] sealed = cipher.seal("jobs", SECRET);
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
    assertThat(cipher.seal("jobs", SECRET)).isNotEqualTo(sealed);
    assertThat(cipher.open("jobs", sealed)).contains(SECRET);
    assertThat(new SecretCipher(List.of(OTHER)).open("jobs", sealed)).isEmpty();
    assertThat(new SecretCipher(List.of(OTHER, KEY)).open("jobs", sealed)).contains(SECRET);
    assertThat(new SecretCipher(List.<byte[]>of()).open("jobs", sealed)).isEmpty();
  }

  @Test
  void isWorthNothingInTheRowOfAnotherQueue() {
    SecretCipher cipher = new SecretCipher(List.of(KEY));
    assertThat(cipher.open("other", cipher.seal("jobs", SECRET))).isEmpty();
  }

  @Test
  void standsInClearWhereThereIsNoKey() {
    byte[] sealed = new SecretCipher(List.<byte[]>of()).seal("jobs", SECRET);
    assertThat(new SecretCipher(List.of(KEY)).open("jobs", sealed)).contains(SECRET);
  }

  @Test
  void makesAKeyFileThatNobodyElseReads() throws IOException {
    Path file = folder.resolve("secrets");
    byte[] sealed = new SecretCipher(new SecretProperties(null, file)).seal("jobs", SECRET);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(new SecretCipher(new SecretProperties(null, file)).open("jobs", sealed))
        .contains(SECRET);
    String key = Files.readString(file).strip();
    assertThat(new SecretCipher(new SecretProperties(key, null)).open("jobs", sealed))
        .contains(SECRET);
  }

  @Test
  void refusesAKeyThatIsNoneAndDoesNotSayIt() {
    assertThatThrownBy(() -> new SecretCipher(new SecretProperties("short", null)))
        .hasMessageContaining("meower.secret.key")
        .hasMessageNotContaining("short");
  }
}
