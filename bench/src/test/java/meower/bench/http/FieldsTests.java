package meower.bench.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FieldsTests {

  @Test
  void findsAllTextsOfTheNameAndNoOther() {
    String json =
        """
        {"messages":[{"body":"a","lease":"1-x","lease_until":"later"},{"lease" : "2-y","n":3}]}
        """;

    assertThat(new Fields("lease").in(json)).containsExactly("1-x", "2-y");
    assertThat(new Fields("none").in(json)).isEmpty();
  }
}
