package meower.operations.deadletter;

import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import meower.schema.DeadLetterStream;
import meower.schema.Position;

/** A dead letter as an operator reads it. */
record Letter(MessageInfo message) {

  private static final byte[] NOTHING = {};

  /** Returns its sequence in the stream of dead letters. */
  long number() {
    return message.getSeq();
  }

  /** Returns where the message was that somebody has forged; nothing if that is not the reason. */
  Optional<Position> forged() {
    return header(DeadLetterStream.REASON).startsWith(DeadLetterStream.FORGED)
        ? Position.parse(header(DeadLetterStream.POSITION))
        : Optional.empty();
  }

  String line() {
    return "%6d  %s  %s  %s"
        .formatted(
            number(),
            parked().truncatedTo(ChronoUnit.SECONDS),
            header(DeadLetterStream.POSITION),
            header(DeadLetterStream.REASON));
  }

  /** All of it; the body is one line, whatever is in it. */
  List<String> lines() {
    Headers headers = Objects.requireNonNullElseGet(message.getHeaders(), Headers::new);
    List<String> lines = new ArrayList<>();
    lines.add("number: " + number());
    lines.add("parked: " + parked());
    lines.add("subject: " + message.getSubject());
    headers.keySet().stream()
        .sorted()
        .map(name -> name + ": " + String.join(", ", Objects.requireNonNull(headers.get(name))))
        .forEach(lines::add);
    lines.add("");
    lines.add(body());
    return lines;
  }

  private Instant parked() {
    return Objects.requireNonNull(message.getTime()).toInstant();
  }

  private String body() {
    return new String(
        Objects.requireNonNullElse(message.getData(), NOTHING), StandardCharsets.UTF_8);
  }

  private String header(String name) {
    Headers headers = message.getHeaders();
    return headers == null ? "" : Objects.requireNonNullElse(headers.getFirst(name), "");
  }
}
