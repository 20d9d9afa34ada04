package meower.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class MeowEventJsonTests {

  private static final MeowId ID = new MeowId("3G12Ptjdq1Yd5cJrsHFtjZdYqGU");
  private static final Instant CREATED_AT = Instant.parse("2026-11-21T03:45:10.123456Z");
  private static final MeowCreated CREATED =
      new MeowCreated(ID, "Hello 🐈 \"cats\" & <dogs>\nsecond line #meow", CREATED_AT);

  /** One event of each kind; the golden file is called like its subject. */
  static Stream<MeowEvent> events() {
    return Stream.of(
        CREATED,
        new MeowEdited(
            ID,
            2,
            "Hello 🐈 \"cats\" & <dogs>\nanother line #meow",
            CREATED_AT,
            Instant.parse("2026-11-21T03:47:00.5Z")),
        new MeowDeleted(
            ID, 3, CREATED_AT, Instant.parse("2026-11-21T03:48:00Z"), DeletedBy.AUTHOR));
  }

  @Test
  void hasAGoldenFileForEachKindOfEvent() {
    assertThat(events().<Object>map(MeowEvent::getClass))
        .containsExactlyInAnyOrder((Object[]) MeowEvent.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("events")
  void writesTheGoldenFile(MeowEvent event) throws IOException {
    assertThat(new String(MeowEventJson.encode(event), UTF_8)).isEqualTo(golden(event));
  }

  @ParameterizedTest
  @MethodSource("events")
  void readsTheGoldenFile(MeowEvent event) throws Exception {
    assertThat(decode(event, golden(event))).isEqualTo(event);
  }

  @ParameterizedTest
  @MethodSource("events")
  void ignoresFieldsThatItDoesNotKnow(MeowEvent event) throws Exception {
    String later = golden(event).replaceFirst("\\{", "{\"mood\":{\"purr\":true},");

    assertThat(decode(event, later)).isEqualTo(event);
  }

  @ParameterizedTest
  @MethodSource("events")
  void requiresEveryField(MeowEvent event) throws Exception {
    for (String field : JsonMapper.shared().readTree(golden(event)).propertyNames()) {
      ObjectNode without = (ObjectNode) JsonMapper.shared().readTree(golden(event));
      without.remove(field);

      assertThatExceptionOfType(MalformedEventException.class)
          .as(field)
          .isThrownBy(() -> decode(event, without.toString()));
    }
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
        "{\"id\":\"3G12Ptjdq1Yd5cJrsHFtjZdYqGU\",\"body\":\"b\",\"created_at\":\"yesterday\"}"
      })
  void refusesWhatIsNoEvent(String payload) {
    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(() -> decode(CREATED, payload));
  }

  @ParameterizedTest
  @CsvSource({"'revision\":3', 'revision\":1'", "author, nobody"})
  void refusesADeletionThatCannotBe(String part, String instead) {
    MeowEvent deleted = events().toList().getLast();

    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(() -> decode(deleted, golden(deleted).replace(part, instead)));
  }

  @Test
  void refusesAnUnknownSubject() {
    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(() -> MeowEventJson.decode("meow.purred", MeowEventJson.encode(CREATED)));
  }

  private static MeowEvent decode(MeowEvent like, String json) throws MalformedEventException {
    return MeowEventJson.decode(MeowEventJson.subjectOf(like), json.getBytes(UTF_8));
  }

  private static String golden(MeowEvent event) throws IOException {
    String name = "/golden/" + MeowEventJson.subjectOf(event) + ".json";
    try (InputStream file =
        Objects.requireNonNull(MeowEventJsonTests.class.getResourceAsStream(name))) {
      return new String(file.readAllBytes(), UTF_8).strip();
    }
  }
}
