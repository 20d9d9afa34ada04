package meower.standalone.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the containers' nginx is told, which no test here starts. */
class NginxImageTests {
  private final ProjectLayout project = ProjectLayout.find();

  @Test
  void givesAValueToEveryVariableOfTheTemplate() throws IOException {
    List<String> variables =
        found("\\$\\{(MEOWER_[A-Z_]+)}", Files.readString(project.nginxTemplate()));
    assertThat(found("(MEOWER_[A-Z_]+)=", dockerfile())).containsAll(variables);
  }

  @Test
  void leavesNoServerOut() throws IOException {
    List<String> servers = found("(server [^;]+;)", dockerfile());
    assertThat(servers).hasSize(4).allMatch(server -> server.contains(" max_fails=0"));
  }

  @Test
  void believesTheProxiesThatAreNamed() throws Exception {
    assertThat(set("", "off")).isEqualTo("||");
    assertThat(set("10.0.0.0/8, ::1", "off"))
        .isEqualTo(
            "set_real_ip_from 10.0.0.0/8; set_real_ip_from ::1; real_ip_header X-Forwarded-For;"
                + "|10.0.0.0/8 1; ::1 1; |");
    assertThat(set("10.0.0.1", "on"))
        .isEqualTo(
            "set_real_ip_from 10.0.0.1; real_ip_header proxy_protocol;"
                + "|10.0.0.1 1; |listen 8081 proxy_protocol;");
    assertThat(set("0.0.0.0/0", "off")).contains("not 0.0.0.0/0");
    assertThat(set("proxy; }", "off")).contains("not proxy;");
    assertThat(set("", "on")).contains("on needs MEOWER_TRUSTED_PROXIES");
    assertThat(set("10.0.0.1", "yes")).contains("on or off, not yes");
  }

  @Test
  void takesNamesAndOriginsAsTheyAreWritten() throws Exception {
    assertThat(entryPoint("$MEOWER_HOSTS|$MEOWER_ALLOWED_ORIGINS", Map.of())).isEqualTo("|");
    assertThat(
            entryPoint(
                "$MEOWER_HOSTS|$MEOWER_ALLOWED_ORIGINS",
                Map.of(
                    "MEOWER_HOSTS",
                    "Meower.example, other",
                    "MEOWER_ALLOWED_ORIGINS",
                    "https://Front.example:443/,http://localhost:3000, http://[::1]:80")))
        .isEqualTo("meower.example other|https://front.example http://localhost:3000 http://[::1]");
    assertThat(entryPoint("$MEOWER_ALLOWED_ORIGINS", Map.of("MEOWER_ALLOWED_ORIGINS", "*")))
        .isEqualTo("*");
    for (String wrong :
        List.of("front.example", "https://", "https://a/b", "ftp://a", "null", "https://a\"")) {
      assertThat(entryPoint("", Map.of("MEOWER_ALLOWED_ORIGINS", wrong))).contains("not " + wrong);
    }
    for (String wrong : List.of("a:80", "https://a", "a;")) {
      assertThat(entryPoint("", Map.of("MEOWER_HOSTS", wrong))).contains("not " + wrong);
    }
  }

  @Test
  void takesAContactForSecurity() throws Exception {
    assertThat(entryPoint("$MEOWER_SECURITY_CONTACT", Map.of())).isEmpty();
    assertThat(
            entryPoint(
                "$MEOWER_SECURITY_CONTACT|$MEOWER_SECURITY_EXPIRES",
                Map.of("MEOWER_SECURITY_CONTACT", "mailto:security@meower.example")))
        .matches("mailto:security@meower\\.example\\|20\\d\\d-[\\d-]{5}T[\\d:]{8}Z");
    for (String wrong : List.of("security@meower.example", "https://", "https://a\"; }")) {
      assertThat(entryPoint("", Map.of("MEOWER_SECURITY_CONTACT", wrong))).contains("not " + wrong);
    }
  }

  @Test
  void saysHowLongBrowsersAskOverTlsOnlyWhereThereIsTls() throws Exception {
    String wanted = "max-age=300; includeSubDomains";
    assertThat(entryPoint("$MEOWER_HSTS", Map.of("MEOWER_HSTS", wanted))).isEmpty();
    for (String wrong : List.of("300", "max-age=", "max-age=1\" always; }")) {
      assertThat(entryPoint("", Map.of("MEOWER_HSTS", wrong))).contains("not " + wrong);
    }
  }

  /** What the entry point makes of it for nginx, or what it says. */
  private String set(String trustedProxies, String proxyProtocol) throws Exception {
    return entryPoint(
        "$MEOWER_REAL_IP|$MEOWER_TRUSTED|$MEOWER_PROXY_LISTEN",
        Map.of("MEOWER_TRUSTED_PROXIES", trustedProxies, "MEOWER_PROXY_PROTOCOL", proxyProtocol));
  }

  private String entryPoint(String shown, Map<String, String> environment) throws Exception {
    var builder =
        new ProcessBuilder("sh", "-c", ". ./15-meower.envsh; printf %s \"" + shown + "\"")
            .directory(project.root().resolve("nginx").toFile())
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new String(builder.start().getInputStream().readAllBytes(), UTF_8);
  }

  private String dockerfile() throws IOException {
    return Files.readString(project.root().resolve(Path.of("nginx", "Dockerfile")));
  }

  private static List<String> found(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .distinct()
        .toList();
  }
}
