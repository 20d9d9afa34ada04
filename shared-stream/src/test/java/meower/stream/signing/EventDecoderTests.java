package meower.stream.signing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.nats.client.impl.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import meower.schema.EarlierSequences;
import meower.schema.MeowEdited;
import meower.schema.MeowEventJson;
import meower.schema.MeowId;
import meower.schema.MeowStream;
import meower.schema.Position;
import meower.schema.signing.EventSignatures;
import meower.schema.signing.SignedAfter;
import meower.schema.signing.SignedMessage;
import meower.signing.KeyFile;
import meower.signing.Signatures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventDecoderTests {

  private static final byte[] KEY = KeyFile.random();
  private static final byte[] OTHER_KEY = KeyFile.random();
  private static final EventSignatures SIGNATURES = new EventSignatures(List.of(KEY));
  private static final Position POSITION = new Position("e1", 7);
  private static final Instant THEN = Instant.parse("2026-11-21T03:45:10Z");
  private static final MeowEdited EDITED =
      new MeowEdited(new MeowId("3G12Ptjdq1Yd5cJrsHFtjZdYqGU"), 2, "two", THEN, THEN);
  private static final String MESSAGE_ID = EDITED.key().toString();

  private final ForgedMessages forged = new ForgedMessages();
  private final EventDecoder events = new EventDecoder(SIGNATURES, forged, () -> {});

  /** A message as it lies in the stream, and what somebody made of it. */
  record Stored(Position position, String subject, Headers headers, @Nullable String payload) {

    Stored with(String header, String... values) {
      Headers changed = new Headers(headers);
      changed.remove(header);
      if (values.length > 0) {
        changed.put(header, values);
      }
      return new Stored(position, subject, changed, payload);
    }

    Stored at(Position other) {
      return new Stored(other, subject, headers, payload);
    }

    Stored under(String other) {
      return new Stored(position, other, headers, payload);
    }

    Stored saying(String text) {
      return new Stored(position, subject, headers, text);
    }

    String signature() {
      return requireNonNull(headers.getFirst(MeowStream.SIGNATURE));
    }
  }

  private static Stored genuine(EventSignatures signatures) {
    byte[] payload = MeowEventJson.encode(EDITED);
    String signature =
        signatures
            .sign(new SignedMessage(POSITION, MeowStream.EDITED, MESSAGE_ID, "3,5", payload))
            .orElseThrow();
    Headers headers = new Headers();
    headers.put("Nats-Msg-Id", MESSAGE_ID);
    headers.put(EarlierSequences.HEADER, "3,5");
    headers.put(MeowStream.SIGNATURE, signature);
    return new Stored(
        POSITION, MeowStream.EDITED, headers, new String(payload, StandardCharsets.UTF_8));
  }

  private static Arguments forgery(String what, Function<Stored, Stored> change) {
    return Arguments.argumentSet(what, change);
  }

  private static Stream<Arguments> forgeries() {
    String text = new String(MeowEventJson.encode(EDITED), StandardCharsets.UTF_8);
    String of = new Signatures(List.of(KEY)).sign("undo", MESSAGE_ID);
    return Stream.of(
        forgery("another payload", m -> m.saying(text.replace("two", "owt"))),
        forgery("a space more", m -> m.saying(text + " ")),
        forgery("no payload", m -> new Stored(m.position(), m.subject(), m.headers(), null)),
        forgery("another subject", m -> m.under(MeowStream.DELETED)),
        forgery("another id", m -> m.with("Nats-Msg-Id", MESSAGE_ID + "1")),
        forgery("no id", m -> m.with("Nats-Msg-Id")),
        forgery("two ids", m -> m.with("Nats-Msg-Id", MESSAGE_ID, MESSAGE_ID)),
        forgery("other earlier ones", m -> m.with(EarlierSequences.HEADER, "3,6")),
        forgery("no earlier ones", m -> m.with(EarlierSequences.HEADER)),
        forgery("empty earlier ones", m -> m.with(EarlierSequences.HEADER, "")),
        forgery("earlier ones twice", m -> m.with(EarlierSequences.HEADER, "3,5", "3,5")),
        forgery("no signature", m -> m.with(MeowStream.SIGNATURE)),
        forgery("a signature twice", m -> signed(m, m.signature(), m.signature())),
        forgery("a wrong one before", m -> signed(m, "v1,AAAA", m.signature())),
        forgery("a wrong one behind", m -> signed(m, m.signature(), "v1,AAAA")),
        forgery("an empty signature", m -> signed(m, "")),
        forgery("only the version", m -> signed(m, "v1,")),
        forgery("no version", m -> signed(m, m.signature().substring(3))),
        forgery("another version", m -> signed(m, m.signature().replace("v1,", "v2,"))),
        forgery("a large V", m -> signed(m, m.signature().replace("v1,", "V1,"))),
        forgery("garbage", m -> signed(m, "v1,!!!!")),
        forgery("zeros", m -> signed(m, "v1," + "A".repeat(43))),
        forgery("cut off", m -> signed(m, m.signature().substring(0, 40))),
        forgery("longer", m -> signed(m, m.signature() + "AAAA")),
        forgery("two in one", m -> signed(m, m.signature() + " " + m.signature())),
        forgery("a signature for another purpose", m -> signed(m, "v1," + of)),
        forgery(
            "that of the record",
            m -> signed(m, said(0, SIGNATURES, POSITION).substring("signed after 0 ".length()))),
        forgery("of a key of somebody else", _ -> genuine(new EventSignatures(List.of(OTHER_KEY)))),
        forgery("a copy at another sequence", m -> m.at(POSITION.at(8))),
        forgery("a copy in another stream", m -> m.at(new Position("e2", 7))),
        forgery("parts that were moved", m -> m.under("meow.edite").saying("d" + text)));
  }

  private static Stored signed(Stored message, String... signatures) {
    return message.with(MeowStream.SIGNATURE, signatures);
  }

  @Test
  void takesWhatIsSigned() throws Exception {
    for (String said : List.of("", said(0, SIGNATURES, new Position("e1", 0)))) {
      events.learn("e1", said);
      assertThat(decode(genuine(SIGNATURES))).isEqualTo(EDITED);
    }
    assertThat(forged.count()).isZero();
  }

  @ParameterizedTest
  @MethodSource("forgeries")
  void refusesWhatIsForged(Function<Stored, Stored> change) {
    announce(0);

    assertThatExceptionOfType(ForgedEventException.class)
        .isThrownBy(() -> decode(change.apply(genuine(SIGNATURES))))
        .withMessageStartingWith("forged: ");
    assertThat(forged.count()).isEqualTo(1);
  }

  @Test
  void takesWhatAnyOfTheKeysHasSigned() throws Exception {
    EventDecoder both =
        new EventDecoder(new EventSignatures(List.of(OTHER_KEY, KEY)), forged, () -> {});
    EventSignatures other = new EventSignatures(List.of(OTHER_KEY));

    assertThat(decode(both, genuine(SIGNATURES))).isEqualTo(EDITED);
    assertThat(decode(both, genuine(other))).isEqualTo(EDITED);
    assertThat(new EventSignatures(List.of(OTHER_KEY, KEY)).keyNames())
        .containsExactly(other.keyNames().getFirst(), SIGNATURES.keyNames().getFirst())
        .doesNotHaveDuplicates();
  }

  @Test
  void takesWhatIsNotSignedUpToTheSequenceThatTheStreamNames() {
    events.learn("e1", "");
    assertThatCode(() -> decode(unsignedAt(7))).doesNotThrowAnyException();

    announce(7);

    assertThatCode(() -> decode(unsignedAt(7))).doesNotThrowAnyException();
    assertForged(unsignedAt(8));
  }

  /** Up to there it may be absent, not wrong. */
  @Test
  void refusesAWrongSignatureAlsoBeforeThatSequence() {
    announce(100);

    assertForged(signed(genuine(SIGNATURES), "v1,AAAA"));
  }

  @Test
  void believesOfTheStreamOnlyWhatItsOwnerHasSigned() {
    announce(7);
    String raised = said(99, SIGNATURES, new Position("e1", 7));
    String ofAnother = said(99, SIGNATURES, new Position("e2", 99));
    String byAnother = said(99, new EventSignatures(List.of(OTHER_KEY)), new Position("e1", 99));
    for (String said : new String[] {"", "refilling", "anything", raised, ofAnother, byAnother}) {
      events.learn("e1", said);
      assertForged(unsignedAt(8));
    }
    events.learn("e1", null);
    assertForged(unsignedAt(8));
    announce(99);
    assertThatCode(() -> decode(unsignedAt(8))).doesNotThrowAnyException();
  }

  @Test
  void takesNoStreamWithoutSignaturesAfterOneThatHadThem() {
    announce(7);

    events.learn("e2", "");

    assertForged(unsignedAt(1).at(new Position("e2", 1)));
  }

  @Test
  void looksAtTheStreamBeforeItBelievesWhatIsNotSigned() {
    EventDecoder[] decoder = new EventDecoder[1];
    decoder[0] =
        new EventDecoder(
            SIGNATURES,
            forged,
            () -> decoder[0].learn("e1", new SignedAfter(POSITION.at(3)).description(SIGNATURES)));

    assertThatExceptionOfType(ForgedEventException.class)
        .isThrownBy(() -> decode(decoder[0], unsignedAt(4)));
    assertThatCode(() -> decode(decoder[0], unsignedAt(3))).doesNotThrowAnyException();
  }

  @Test
  void doesNotDecideWhileNobodyKnows() throws Exception {
    EventDecoder blind =
        new EventDecoder(
            SIGNATURES,
            forged,
            () -> {
              throw new IOException("away");
            });

    assertThatExceptionOfType(UndecidedException.class)
        .isThrownBy(() -> decode(blind, unsignedAt(4)));
    assertThat(decode(blind, genuine(SIGNATURES))).isEqualTo(EDITED);
    assertThat(forged.count()).isZero();
  }

  @Test
  void doesNotDecideAboutAnotherStream() {
    announce(0);

    assertThatExceptionOfType(UndecidedException.class)
        .isThrownBy(() -> decode(unsignedAt(4).at(new Position("e2", 4))));
  }

  @Test
  void takesEverythingWithoutAKeyAndKnowsThatItIsBlind() throws Exception {
    EventDecoder blind = new EventDecoder(EventSignatures.NONE, forged, () -> {});
    blind.learn("e1", "");
    assertThat(blind.isBlind()).isFalse();

    blind.learn("e1", new SignedAfter(POSITION.at(0)).description(SIGNATURES));

    assertThat(blind.isBlind()).isTrue();
    assertThat(decode(blind, unsignedAt(4))).isEqualTo(EDITED);
  }

  @Test
  void countsOneThatIsReadTwiceOnce() {
    announce(0);
    assertForged(unsignedAt(8));
    assertForged(unsignedAt(8));
    assertForged(unsignedAt(9));

    assertThat(forged.count()).isEqualTo(2);
    assertThat(forged.positions()).containsExactly(POSITION.at(8), POSITION.at(9));
  }

  /** A description that names a sequence, with the signature for another position. */
  private static String said(long sequence, EventSignatures signatures, Position position) {
    String text = new SignedAfter(position).description(signatures);
    return "signed after " + sequence + text.substring(text.lastIndexOf(' '));
  }

  private static Stored unsignedAt(long sequence) {
    return signed(genuine(SIGNATURES)).at(POSITION.at(sequence));
  }

  private void announce(long sequence) {
    events.learn("e1", new SignedAfter(POSITION.at(sequence)).description(SIGNATURES));
  }

  private void assertForged(Stored message) {
    assertThatExceptionOfType(ForgedEventException.class).isThrownBy(() -> decode(message));
  }

  private Object decode(Stored message) throws Exception {
    return decode(events, message);
  }

  private static Object decode(EventDecoder events, Stored message) throws Exception {
    @Nullable String text = message.payload();
    return events.decode(
        message.subject(),
        text == null ? null : text.getBytes(StandardCharsets.UTF_8),
        message.headers(),
        message.position());
  }
}
