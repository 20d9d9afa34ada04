package meower.program.message;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import meower.program.request.Content;
import meower.program.request.Durations;
import meower.web.ProblemException;
import tools.jackson.databind.JsonNode;

/** Reads the messages of {@code publish/batch}. */
final class Batch {

  private static final int MOST = 1000;
  private static final Set<String> KNOWN = Set.of("body", "base64", "content_type", "delay");

  private Batch() {}

  /**
   * Reads all of them.
   *
   * @throws ProblemException 400 that names the member which is wrong
   */
  static List<NewMessage> of(JsonNode json) {
    JsonNode messages = json.path("messages");
    if (!messages.isArray() || messages.isEmpty() || messages.size() > MOST) {
      throw ProblemException.badParameter(
          "messages", "Send {\"messages\": […]} with 1 to %,d messages.".formatted(MOST));
    }
    List<NewMessage> read = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      read.add(message(messages.get(i), "messages[" + i + "]"));
    }
    return read;
  }

  private static NewMessage message(JsonNode json, String at) {
    for (String member : json.propertyNames()) {
      if (!KNOWN.contains(member)) {
        throw ProblemException.badParameter(
            at + "." + member, "A message has body or base64, content_type and delay.");
      }
    }
    if (json.has("body") == json.has("base64")) {
      throw ProblemException.badParameter(at, "A message has either body or base64.");
    }
    Optional<String> type = text(json, "content_type", at);
    type.ifPresent(value -> ContentTypes.require(at + ".content_type", value));
    Duration delay =
        text(json, "delay", at)
            .map(value ->
                Durations.parse(at + ".delay", value, Duration.ZERO, NewMessage.LONGEST_DELAY))
            .orElse(Duration.ZERO);
    NewMessage message =
        json.has("base64") ? bytes(json, at, type, delay) : body(json.get("body"), at, type, delay);
    if (message.body().length > NewMessage.MOST_BYTES) {
      throw Content.tooLarge("A message has at most 64 KiB, %s has more: send less.".formatted(at));
    }
    return message;
  }

  private static NewMessage body(JsonNode body, String at, Optional<String> type, Duration delay) {
    if (body.isString() && !type.map(Content::isJson).orElse(false)) {
      byte[] bytes = required(Content.utf8(body.stringValue()), at);
      return NewMessage.of(bytes, type.orElse(ContentTypes.TEXT), delay);
    }
    if (!type.map(Content::isJson).orElse(true)) {
      throw ProblemException.badParameter(
          at + ".content_type",
          "A body that is no string is JSON: leave content_type out, or send a string or base64.");
    }
    byte[] bytes = required(Content.write(body), at);
    return NewMessage.of(bytes, type.orElse(ContentTypes.JSON), delay);
  }

  private static byte[] required(Optional<byte[]> text, String at) {
    return text.orElseThrow(() ->
        ProblemException.badParameter(
            at + ".body",
            "A text has no half of a surrogate pair: send the whole character, or bytes as base64."));
  }

  private static NewMessage bytes(JsonNode json, String at, Optional<String> type, Duration delay) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text(json, "base64", at).orElse(""));
      return NewMessage.of(bytes, type.orElse(ContentTypes.BYTES), delay);
    } catch (IllegalArgumentException e) {
      throw ProblemException.badParameter(at + ".base64", "This is not Base64.");
    }
  }

  private static Optional<String> text(JsonNode json, String member, String at) {
    if (!json.has(member)) {
      return Optional.empty();
    }
    if (!json.get(member).isString()) {
      throw ProblemException.badParameter(
          at + "." + member, "%s has to be a string.".formatted(member));
    }
    return Optional.of(json.get(member).stringValue());
  }
}
