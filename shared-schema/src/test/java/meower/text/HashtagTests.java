package meower.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class HashtagTests {

  /** A body, its tags as they stand there, and what these are compared by. */
  record Case(String body, List<String> tags, @Nullable List<String> names, String why) {

    @Override
    public String toString() {
      return why;
    }
  }

  static List<Case> cases() throws IOException {
    try (InputStream table =
        Objects.requireNonNull(HashtagTests.class.getResourceAsStream("/meower/text/tags.json"))) {
      return List.of(JsonMapper.shared().readValue(table, Case[].class));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithThePage(Case each) {
    List<Hashtag> tags = Hashtag.in(each.body());
    assertThat(tags).map(t -> each.body().substring(t.start(), t.end())).isEqualTo(each.tags());
    if (each.names() != null) {
      assertThat(tags).map(Hashtag::name).isEqualTo(each.names());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "#Cats, cats",
    "＃Cats, cats",
    "#Fußball, fussball",
    "#il·lusió, il·lusio",
    "#e\u0301t, et"
  })
  void readsATagThatStandsAlone(String text, String name) {
    assertThat(Hashtag.parse(text)).map(Hashtag::name).contains(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cats", "#", "#cats ", " #cats", "#cats!", "#a #b", "##a"})
  void readsNothingElse(String text) {
    assertThat(Hashtag.parse(text)).isEmpty();
  }

  @Test
  void isTheSameHoweverItIsWritten() {
    Optional<String> one = Hashtag.parse("#ＣＡＦÉ").map(Hashtag::name);
    assertThat(one).contains("cafe").isEqualTo(Hashtag.parse("#cafe\u0301").map(Hashtag::name));
  }
}
