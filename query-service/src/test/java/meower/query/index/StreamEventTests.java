package meower.query.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nats.client.impl.Headers;
import java.time.Instant;
import java.util.List;
import meower.schema.EarlierSequences;
import meower.schema.MalformedEventException;
import meower.schema.MeowCreated;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;
import meower.schema.MeowEventJson;
import meower.schema.MeowId;
import meower.schema.Position;
import meower.schema.signing.EventSignatures;
import meower.stream.signing.EventDecoder;
import meower.stream.signing.ForgedMessages;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamEventTests {

  private static final EventDecoder EVENTS =
      new EventDecoder(EventSignatures.NONE, new ForgedMessages(), () -> {});

  private static final MeowId ID = new MeowId("3G12Ptjdq1Yd5cJrsHFtjZdYqGU");
  private static final MeowEvent CREATED = new MeowCreated(ID, "first", Instant.EPOCH);
  private static final MeowEvent EDITED =
      new MeowEdited(ID, 2, "second", Instant.EPOCH, Instant.EPOCH.plusSeconds(1));

  @Test
  void isInThePlaceOfItsFirstEvent() throws Exception {
    StreamEvent event = read(EDITED, "500,720", 800);
    assertThat(event.place()).isEqualTo(500);
    assertThat(event.earlier()).isEqualTo(new EarlierSequences(List.of(500L, 720L)));
    assertThat(event.document().sequence()).isEqualTo(500);
    assertThat(event.document().version()).isEqualTo(800);
  }

  @Test
  void isInItsOwnPlaceWithoutAnEarlierOne() throws Exception {
    assertThat(read(EDITED, null, 800).place()).isEqualTo(800);
    assertThat(read(CREATED, null, 3).place()).isEqualTo(3);
  }

  @Test
  void hasNothingBeforeACreation() throws Exception {
    assertThat(read(CREATED, "1,2", 3).place()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "0", "5,4", "5,5", "1,", "-1"})
  void isMalformedWithAMalformedHeader(String header) {
    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(() -> read(EDITED, header, 800));
  }

  @Test
  void isMalformedWithoutAPayload() {
    assertThatExceptionOfType(MalformedEventException.class)
        .isThrownBy(() -> StreamEvent.of("meow.edited", null, null, new Position("e1", 1), EVENTS));
  }

  private static StreamEvent read(MeowEvent event, @Nullable String header, long sequence)
      throws MalformedEventException {
    Headers headers = new Headers();
    if (header != null) {
      headers.put(EarlierSequences.HEADER, header);
    }
    return StreamEvent.of(
        MeowEventJson.subjectOf(event),
        MeowEventJson.encode(event),
        headers,
        new Position("e1", sequence),
        EVENTS);
  }
}
