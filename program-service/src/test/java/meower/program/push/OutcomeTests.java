package meower.program.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import meower.program.outbound.PostAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutcomeTests {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204, 299})
  void takesEach2xxForAccepted(int status) {
    assertThat(of(status, null)).isEqualTo(new Outcome.Accepted(status));
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 307, 308, 400, 401, 404, 409, 422, 500, 502, 503, 504})
  void takesRedirectionsAndErrorsForRefusals(int status) {
    assertThat(of(status, null)).isEqualTo(new Outcome.Refused(status, "answered " + status));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429})
  void takesWhoWantsToBeLeftAloneForDown(int status) {
    assertThat(of(status, null)).isInstanceOf(Outcome.Down.class);
  }

  @Test
  void takes410ForTheEnd() {
    assertThat(of(410, null)).isEqualTo(new Outcome.Gone());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "120|PT2M",
        " 0 |PT0S",
        "Thu, 01 Jan 2026 00:10:00 GMT|PT10M",
        "Wed, 31 Dec 2025 23:59:59 GMT|PT-1S",
        "soon|-",
        "-5|-",
        "99999999999999999999|-"
      })
  void readsSecondsAndDates(String header, Duration wait) {
    assertThat(RetryAfter.of(header, NOW)).isEqualTo(Optional.ofNullable(wait));
  }

  @Test
  void remembersHowLongToLeaveItAlone() {
    Outcome.Down down = (Outcome.Down) of(429, "7");
    assertThat(down.retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(down.error()).isEqualTo("answered 429");
    assertThat(down.answered()).isEqualTo(429);
  }

  private static Outcome of(int status, String retryAfter) {
    return Outcome.of(new PostAnswer(status, "", Optional.ofNullable(retryAfter)), NOW);
  }
}
