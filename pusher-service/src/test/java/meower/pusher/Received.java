package meower.pusher;

import meower.schema.Position;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A frame as a browser got it. */
record Received(JsonNode json) {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  static Received of(String text) {
    return new Received(MAPPER.readTree(text));
  }

  boolean isMeow() {
    return kind() == 1;
  }

  boolean isGap() {
    return kind() == 3;
  }

  boolean isEdit() {
    return kind() == 4;
  }

  boolean isDeletion() {
    return kind() == 5;
  }

  int kind() {
    return json.get("kind").asInt();
  }

  String text(String field) {
    return json.get(field).asString();
  }

  boolean resumed() {
    return json.get("resumed").asBoolean();
  }

  Position position() {
    return position("position");
  }

  long sequence() {
    return position().sequence();
  }

  Position position(String field) {
    return Position.parse(text(field)).orElseThrow();
  }
}
