package meower.program.feed;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;
import meower.schema.Position;
import meower.text.Hashtag;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event at its place in the stream.
 *
 * @param position where it is
 */
record FeedEvent(MeowEvent event, Position position) {

  private static final JsonMapper JSON = JsonMapper.shared();

  String meow() {
    return event.id().value();
  }

  /** Returns the text that it brings, if it brings one. */
  Optional<String> body() {
    return switch (event) {
      case MeowCreated meow -> Optional.of(meow.body());
      case MeowEdited meow -> Optional.of(meow.body());
      case MeowDeleted _ -> Optional.empty();
    };
  }

  /** Returns the names of the hashtags of that text. */
  List<String> topics() {
    return body().stream()
        .flatMap(body -> Hashtag.in(body).stream())
        .map(Hashtag::name)
        .distinct()
        .toList();
  }

  Instant createdAt() {
    return event.createdAt();
  }

  Instant happenedAt() {
    return switch (event) {
      case MeowCreated meow -> meow.createdAt();
      case MeowEdited meow -> meow.editedAt();
      case MeowDeleted meow -> meow.deletedAt();
    };
  }

  /**
   * Returns the message that says so, in the form of Standard Webhooks: {@code type}, {@code
   * timestamp} and {@code data}.
   *
   * @param isErased whether the meow was deleted meanwhile: then the text is left out
   */
  byte[] message(boolean isErased) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("id", meow());
    String type =
        switch (event) {
          case MeowCreated meow -> {
            putText(data, meow.body(), isErased);
            yield "meow.created";
          }
          case MeowEdited meow -> {
            putText(data, meow.body(), isErased);
            data.put("revision", meow.revision());
            data.put("edited_at", meow.editedAt().toString());
            yield "meow.edited";
          }
          case MeowDeleted meow -> {
            data.put("revision", meow.revision());
            data.put("deleted_at", meow.deletedAt().toString());
            data.put("by", meow.by().text());
            yield "meow.deleted";
          }
        };
    data.put("created_at", createdAt().toString());
    data.put("position", position.toString());
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("type", type);
    message.put("timestamp", happenedAt().toString());
    message.put("data", data);
    return JSON.writeValueAsString(message).getBytes(StandardCharsets.UTF_8);
  }

  private static void putText(Map<String, Object> data, String body, boolean isErased) {
    if (!isErased) {
      data.put("body", body);
    }
  }
}
