package meower.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MeowEventJsonPropertyTests {

  @Property
  void readsEveryEventThatItWrote(
      @ForAll("bodies") String body,
      @ForAll("moments") Instant moment,
      @ForAll long seed,
      @ForAll DeletedBy by)
      throws MalformedEventException {
    MeowId id = new MeowIdGenerator(Clock.fixed(moment, ZoneOffset.UTC), new Random(seed)).next();
    Instant later = moment.plusNanos(Math.floorMod(seed, 1_000_000_000_000L));
    int revision = 2 + Math.floorMod(seed, 30);
    for (MeowEvent event :
        List.of(
            new MeowCreated(id, body, moment),
            new MeowEdited(id, revision, body, moment, later),
            new MeowDeleted(id, revision, moment, later, by))) {
      assertThat(MeowEventJson.decode(MeowEventJson.subjectOf(event), MeowEventJson.encode(event)))
          .isEqualTo(event);
    }
  }

  @Property
  void isEitherAnEventOrMalformed(@ForAll byte[] payload) {
    assertThatCode(() -> decodeOrRefuse(payload)).doesNotThrowAnyException();
  }

  @Property
  void isEitherAnEventOrMalformedAlsoWhenItIsNearlyAnEvent(
      @ForAll("bodies") String body, @ForAll int at, @ForAll byte change) {
    byte[] payload =
        ("{\"id\":\"2N0Qm2v8bqk1cGmYtA3hYV3mXyZ\",\"body\":\""
                + body
                + "\",\"created_at\":\"2026-01-01T00:00:00Z\"}")
            .getBytes(StandardCharsets.UTF_8);
    payload[Math.floorMod(at, payload.length)] = change;
    assertThatCode(() -> decodeOrRefuse(payload)).doesNotThrowAnyException();
  }

  private static void decodeOrRefuse(byte[] payload) {
    for (String subject : List.of(MeowStream.CREATED, MeowStream.EDITED, MeowStream.DELETED)) {
      try {
        assertThat(MeowEventJson.decode(subject, payload)).isNotNull();
      } catch (MalformedEventException refused) {
        assertThat(refused).hasMessageNotContaining("\n");
      }
    }
  }

  @Provide
  Arbitrary<String> bodies() {
    return Arbitraries.integers()
        .between(0, Character.MAX_CODE_POINT)
        .filter(c -> c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE)
        .list()
        .ofMinSize(1)
        .ofMaxSize(140)
        .map(codePoints ->
            codePoints.stream()
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString());
  }

  @Provide
  Arbitrary<Instant> moments() {
    return Arbitraries.longs()
        .between(1_400_000_001_000_000L, 4_000_000_000_000_000L)
        .map(micros -> Instant.ofEpochSecond(0, micros * 1_000));
  }
}
