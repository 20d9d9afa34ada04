package meower.command.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import meower.command.access.Credentials.Basic;
import meower.command.access.Credentials.Bearer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTests {

  @Test
  void readsBothSchemesHoweverTheyAreWritten() {
    Token token = Token.random();

    assertThat(Credentials.of("Bearer " + token.value())).contains(new Bearer(token));
    assertThat(Credentials.of("bearer  " + token.value() + " ")).contains(new Bearer(token));
    assertThat(Credentials.of("Basic dXNlcjpwd2Q=")).contains(new Basic("user", "pwd"));
    assertThat(Credentials.of("BASIC " + base64("u:p:ä:"))).contains(new Basic("u", "p:ä:"));
    assertThat(Credentials.of("Basic " + base64(":"))).contains(new Basic("", ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Basic",
        "Basic ",
        "Basic dXNlcg==",
        "Basic ====",
        "Basic ///=",
        "Bearer mwr_x",
        "Digest username=\"u\"",
        "dXNlcjpwd2Q="
      })
  void refusesWhatIsNone(String header) {
    assertThat(Credentials.of(header)).isEmpty();
  }

  @Test
  void isSilentAboutTheSecret() {
    assertThat(Credentials.of("Basic dXNlcjpwd2Q=")).asString().doesNotContain("pwd");
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
