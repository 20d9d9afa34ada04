package meower.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;

class AcceptHeaderTests {

  @Test
  void allowsEverythingWhenThereIsNone() {
    assertThat(allowsJson()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " , ",
        "*/*",
        "application/*",
        "application/json",
        "Application/JSON",
        "application/json;q=0.001",
        "application/json; charset=utf-8",
        "application/problem+json, application/json",
        "application/problem+json, application/json;q=0.1",
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
        "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
        "*/*;q=0, application/json",
        "application/*;q=0, application/json;q=0.5",
        "application/json;q=0, application/json",
        "nonsense, */*",
        "application/json;q=2, */*",
        "text/plain;a=\"x, application/json;q=0\", */*"
      })
  void allowsWhatNamesJsonOrMore(String value) {
    assertThat(allowsJson(value)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "application/problem+json",
        "application/*+json",
        "application/json;q=0",
        "application/json;q=0.0, text/html",
        "application/json;q=0, */*",
        "application/*;q=0, */*",
        "*/*;q=0",
        "text/*",
        "nonsense",
        ";;;",
        "*/json",
        "application/json;q=2",
        "application/json;q=x"
      })
  void refusesWhatAllowsNoJson(String value) {
    assertThat(allowsJson(value)).isFalse();
  }

  @Test
  void readsSeveralHeadersAsOne() {
    assertThat(allowsJson("text/html", "application/json")).isTrue();
    assertThat(allowsJson("*/*", "application/json;q=0")).isFalse();
  }

  @Test
  void readsMoreRangesThanAnybodySends() {
    assertThat(allowsJson("text/html," + "image/x,".repeat(900) + "application/json")).isTrue();
  }

  private static boolean allowsJson(String... values) {
    return AcceptHeader.of(List.of(values)).allows(MediaType.APPLICATION_JSON);
  }
}
