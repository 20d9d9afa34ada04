package meower.operations.deadletter;

import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.stream.Collectors;
import meower.schema.DeadLetterStream;

/** A dead letter as an operator reads it. */
record Letter(MessageInfo message) {

  private static final byte[] NOTHING = {};

  /** Returns its sequence in the stream of dead letters. */
  long number() {
    return message.getSeq();
  }

  String line() {
    return "%6d  %s  %s  %s"
        .formatted(
            number(),
            parked().truncatedTo(ChronoUnit.SECONDS),
            header(DeadLetterStream.POSITION),
            header(DeadLetterStream.REASON));
  }

  String text() {
    Headers headers = Objects.requireNonNullElseGet(message.getHeaders(), Headers::new);
    String lines =
        headers.keySet().stream()
            .sorted()
            .map(name -> name + ": " + String.join(", ", Objects.requireNonNull(headers.get(name))))
            .collect(Collectors.joining("\n"));
    return "number: %d%nparked: %s%nsubject: %s%n%s%n%n%s"
        .formatted(number(), parked(), Objects.requireNonNull(message.getSubject()), lines, body());
  }

  private Instant parked() {
    return Objects.requireNonNull(message.getTime()).toInstant();
  }

  /** Control characters could play tricks with the operator's terminal. */
  private String body() {
    byte[] payload = Objects.requireNonNullElse(message.getData(), NOTHING);
    return new String(payload, StandardCharsets.UTF_8)
        .codePoints()
        .mapToObj(Letter::printable)
        .collect(Collectors.joining());
  }

  private static String printable(int codePoint) {
    return Character.isISOControl(codePoint) && codePoint != '\n' && codePoint != '\t'
        ? "\\u%04x".formatted(codePoint)
        : Character.toString(codePoint);
  }

  private String header(String name) {
    Headers headers = message.getHeaders();
    return headers == null ? "" : Objects.requireNonNullElse(headers.getFirst(name), "");
  }
}
