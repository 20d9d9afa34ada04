package meower.web.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedOriginsTests {

  private static final AllowedOrigins OWN = new AllowedOrigins(List.of());

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080, localhost:8080",
    "http://meower.org, meower.org",
    // A proxy has ended TLS.
    "https://meower.org, meower.org",
    "https://meower.org:8443, meower.org:8443",
    "https://meower.org, meower.org:443",
    "http://meower.org, meower.org:80",
    "https://meower.org:443, meower.org",
    "http://meower.org:80, meower.org",
    "https://meower.org, meower.org:",
    "https://Meower.org, meower.ORG:443",
    "HTTPS://meower.org, meower.org",
    "http://meower_nginx:8080, meower_nginx:8080",
    "http://192.0.2.7, 192.0.2.7:80",
    "http://[::1]:8080, [::1]:8080",
    "https://[2001:db8::7], [2001:DB8::7]:443",
  })
  void areThoseOfTheHostAndPortToWhichTheRequestWasSent(String origin, String host) {
    assertThat(OWN.include(origin, host)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8081, localhost:8080",
    "http://localhost, localhost:8080",
    "http://localhost:8080, localhost",
    "http://meower.org, meower.org:443",
    "https://meower.org, meower.org:80",
    "https://meower.org:80, meower.org",
    "https://evil.example, meower.org",
    "https://evil.example:443, meower.org:443",
    "http://meower.org.evil.example, meower.org",
    "http://evil.example/meower.org, meower.org",
    "http://evil.example@meower.org, meower.org",
    "http://meower.org http://evil.example, meower.org",
    "http://[::1]:8080, [::2]:8080",
    "http://[::1]:8080, [::1]",
    "http://::1, ::1",
    "http://meower.org:123456, meower.org:123456",
    "ftp://meower.org, meower.org",
    "meower.org, meower.org",
    "//meower.org, meower.org",
    "null, meower.org",
    "'', meower.org",
    "http://, ''",
    "http://meower.org,",
  })
  void areNoOthers(String origin, @Nullable String host) {
    assertThat(OWN.include(origin, host)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "https://meower.example, true",
    "https://Meower.Example:443, true",
    "https://cats.example, true",
    "app://meower, true",
    "http://meower.example, false",
    "https://meower.example:8443, false",
    "app://cats, false",
  })
  void areThoseThatTheOperatorNamed(String origin, boolean allowed) {
    AllowedOrigins origins =
        new AllowedOrigins(
            List.of("https://meower.example", "https://CATS.example:443", "app://meower"));

    assertThat(origins.include(origin, "localhost:8080")).isEqualTo(allowed);
  }

  @Test
  void areAllWhenTheOperatorSaysSo() {
    AllowedOrigins all = new AllowedOrigins(List.of("*"));

    assertThat(all.include("http://evil.example", "meower.org")).isTrue();
    assertThat(all.include("null", null)).isTrue();
  }
}
