package meower.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashtagTests {

  @Test
  void findsTagsWithTheirPlaces() {
    assertThat(Hashtag.in("#Cats love 🐈#über_2!"))
        .containsExactly(new Hashtag(0, 5, "cats"), new Hashtag(13, 20, "über_2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no tag",
        "#",
        "# cats",
        "#1",
        "a#b",
        "𝒜#b",
        "##b",
        "&#x27;",
        "https://example.org/#top"
      })
  void findsNoneElsewhere(String body) {
    assertThat(Hashtag.in(body)).isEmpty();
  }
}
