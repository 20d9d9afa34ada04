package meower.web.origin;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;

class ForeignPagesTests {

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
  void areNotThoseOfTheHostAndPortToWhichTheRequestWasSent(String origin, String host) {
    assertThat(ForeignPages.sent(headers(origin, host))).isFalse();
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
  void areAllOthers(String origin, @Nullable String host) {
    assertThat(ForeignPages.sent(headers(origin, host))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "same-origin, http://evil.example, false",
    "none, , false",
    "same-site, , true",
    "cross-site, , true",
    "cross-site, http://evil.example, true",
    "same-site, http://meower.org, false",
    ", , false",
    ", null, true"
  })
  void areToldByTheBrowserFirst(@Nullable String site, @Nullable String origin, boolean foreign) {
    HttpHeaders headers = headers(origin, "meower.org");
    if (site != null) {
      headers.set("Sec-Fetch-Site", site);
    }
    assertThat(ForeignPages.sent(headers)).isEqualTo(foreign);
  }

  private static HttpHeaders headers(@Nullable String origin, @Nullable String host) {
    HttpHeaders headers = new HttpHeaders();
    if (origin != null) {
      headers.set("Origin", origin);
    }
    if (host != null) {
      headers.set("Host", host);
    }
    return headers;
  }
}
