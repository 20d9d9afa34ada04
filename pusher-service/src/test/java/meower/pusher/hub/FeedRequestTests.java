package meower.pusher.hub;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.net.URI;
import meower.web.ProblemException;
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
        "topic=%23a&topic=%23b&topic=%23c"
      })
  void refusesTopicsThatAreNoneAndTooManyOfThem(String query) {
    assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> request(query));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "topic=%23a", "topic=%23a&topic=%23b&topic=%23A"})
  void takesTheSameTopicForOne(String query) {
    assertThatNoException().isThrownBy(() -> request(query));
  }

  private static void request(String query) {
    FeedRequest.of(URI.create("/pusher?" + query), MAX_TOPICS);
  }
}
