package meower.query.timeline;

import tools.jackson.databind.json.JsonMapper;

/** A meow as clients get it, encoded once. */
final class EncodedMeow {

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final String id;
  private final byte[] json;

  private EncodedMeow(String id, byte[] json) {
    this.id = id;
    this.json = json;
  }

  static EncodedMeow of(TimelineMeow meow) {
    return new EncodedMeow(meow.id(), MAPPER.writeValueAsBytes(meow));
  }

  String id() {
    return id;
  }

  /** Returns the JSON object, UTF-8. */
  byte[] toJson() {
    return json.clone();
  }

  int length() {
    return json.length;
  }

  /** Copies the JSON text, UTF-8, to a place; returns the place behind it. */
  int copyTo(byte[] target, int at) {
    System.arraycopy(json, 0, target, at, json.length);
    return at + json.length;
  }
}
