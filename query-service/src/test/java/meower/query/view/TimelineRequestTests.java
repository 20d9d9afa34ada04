package meower.query.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import meower.schema.MeowId;
import meower.web.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineRequestTests {

  private static final String A = "3G12Ptjdq1Yd5cJrsHFtjZdYqGA";
  private static final String B = "3G12Ptjdq1Yd5cJrsHFtjZdYqGB";

  @Test
  void keepsTheOrderOfTheIdsAndEachOfThemOnce() {
    assertThat(TimelineRequest.ids(B + "," + A + "," + B))
        .containsExactly(new MeowId(B), new MeowId(A));
  }

  @Test
  void takesAHundredIdsAtMost() {
    assertThat(TimelineRequest.ids(String.join(",", Collections.nCopies(100, A)))).hasSize(1);
    refuses(String.join(",", Collections.nCopies(101, A)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "abc", A + ",", "," + A, A + ", " + B, A + ";" + B})
  void refuses(String ids) {
    assertThatExceptionOfType(ProblemException.class)
        .isThrownBy(() -> TimelineRequest.ids(ids))
        .satisfies(e -> assertThat(e.getBody().getProperties()).containsEntry("parameter", "ids"));
  }
}
