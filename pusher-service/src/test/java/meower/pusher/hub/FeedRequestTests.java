package meower.pusher.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.net.URI;
import meower.pusher.feed.Selection;
import meower.search.SearchQuery;
import meower.web.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedRequestTests {

  private static final int MAX_TOPICS = 2;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topic=cats",
        "topic=",
        "topic",
        "topic=%23cats+x",
        "topic=%23",
        "topic=%23a&topic=%23b&topic=%23c",
        "online",
        "online=",
        "online=yes"
      })
  void refusesTopicsThatAreNoneAndTooManyOfThem(String query) {
    assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> request(query));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "topic=%23a", "topic=%23a&topic=%23b&topic=%23A", "online=1", "online=0"})
  void takesTheSameTopicForOne(String query) {
    assertThatNoException().isThrownBy(() -> request(query));
  }

  @ParameterizedTest
  @ValueSource(strings = {"query=cat+food", "query=cat%20food", "query=%20+cat+food"})
  void readsASearch(String query) {
    assertThat(request(query).selection())
        .isEqualTo(new Selection.Search(SearchQuery.parse("cat food")));
  }

  @Test
  void aSpaceAtTheEndFinishesTheLastWord() {
    assertThat(request("query=cat+").selection())
        .isEqualTo(new Selection.Search(SearchQuery.parse("cat ")))
        .isNotEqualTo(request("query=cat").selection());
  }

  @ParameterizedTest
  @ValueSource(strings = {"query=", "query", "query=+", "query=a&query=b", "query=a&topic=%23b"})
  void refusesASearchThatIsNoneAndWhatCannotBeTogether(String query) {
    assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> request(query));
  }

  @Test
  void refusesASearchThatIsTooLong() {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> request("query=" + "a".repeat(201)))
        .withMessageContaining("200 characters");
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> request("query=" + "a+".repeat(21)))
        .withMessageContaining("20 words");
  }

  private static FeedRequest request(String query) {
    return FeedRequest.of(URI.create("/pusher?" + query), MAX_TOPICS);
  }
}
