package meower.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeowEventJsonTests {

  private static final MeowCreated CREATED =
      new MeowCreated(
          new MeowId("3G12Ptjdq1Yd5cJrsHFtjZdYqGU"),
          "Hello 🐈 \"cats\" & <dogs>\nsecond line #meow",
          Instant.parse("2026-11-21T03:45:10.123456Z"));

  @Test
  void writesTheGoldenFile() throws IOException {
    assertThat(new String(MeowEventJson.encode(CREATED), UTF_8)).isEqualTo(golden());
  }

  @Test
  void readsTheGoldenFile() throws Exception {
    assertThat(MeowEventJson.decode("meow.created", golden().getBytes(UTF_8))).isEqualTo(CREATED);
  }

  @Test
  void ignoresFieldsThatItDoesNotKnow() throws Exception {
    String later = golden().replaceFirst("\\{", "{\"mood\":{\"purr\":true},");

    assertThat(MeowEventJson.decode("meow.created", later.getBytes(UTF_8))).isEqualTo(CREATED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"id\":\"x\",\"body\":\"b\",\"created_at\":\"2026-11-21T03:45:10Z\"}",
        "{\"id\":\"3G12Ptjdq1Yd5cJrsHFtjZdYqGU\",\"body\":\"\",\"created_at\":\"2026-11-21T03:45:10Z\"}",
        "{\"id\":\"3G12Ptjdq1Yd5cJrsHFtjZdYqGU\",\"body\":\"b\",\"created_at\":\"yesterday\"}",
        "{\"id\":\"3G12Ptjdq1Yd5cJrsHFtjZdYqGU\",\"body\":\"b\"}"
      })
  void refusesWhatIsNoEvent(String payload) {
    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(() -> MeowEventJson.decode("meow.created", payload.getBytes(UTF_8)));
  }

  @Test
  void refusesAnUnknownSubject() {
    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(() -> MeowEventJson.decode("meow.purred", MeowEventJson.encode(CREATED)));
  }

  private static String golden() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            MeowEventJsonTests.class.getResourceAsStream("/golden/meow.created.json"))) {
      return new String(file.readAllBytes(), UTF_8).strip();
    }
  }
}
