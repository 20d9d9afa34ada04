package meower.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import meower.standalone.proxy.Doors;
import meower.standalone.proxy.SecurityContact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where to report what is not secure (RFC 9116), if the operator has said so. */
class SecurityTextIntegrationTests {
  private static final String PATH = "/.well-known/security.txt";
  private static final String CONTACT = "mailto:security@meower.example";
  private static final Pattern EXPIRES = Pattern.compile("(?m)^Expires: (\\S+)$");

  @TempDir Path folder;

  @Test
  void saysWhoWantsToHearIt() throws IOException {
    Doors doors = Doors.OPEN.withSecurityContact(new SecurityContact(CONTACT));
    try (var proxy = new LoneProxy(folder, options -> options.with(doors))) {
      String answer = proxy.ask("GET " + PATH);
      assertThat(LoneProxy.status(answer)).isEqualTo(200);
      assertThat(answer).containsIgnoringCase("content-type: text/plain; charset=utf-8");
      assertThat(answer.lines()).contains("Contact: " + CONTACT);
      var expires = EXPIRES.matcher(answer);
      assertThat(expires.find()).isTrue();
      assertThat(Instant.parse(expires.group(1)))
          .isBetween(
              Instant.now().plus(Duration.ofDays(300)), Instant.now().plus(Duration.ofDays(365)));
      assertThat(LoneProxy.status(proxy.ask("POST " + PATH))).isEqualTo(405);
    }
  }

  @Test
  void isNotThereWhereNobodyDoes() throws IOException {
    try (var proxy = new LoneProxy(folder, options -> options)) {
      assertThat(LoneProxy.status(proxy.ask("GET " + PATH))).isEqualTo(404);
      assertThat(LoneProxy.status(proxy.ask("POST " + PATH))).isEqualTo(404);
    }
  }
}
