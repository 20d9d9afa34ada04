package meower.e2e.chaos.checker;

import tools.jackson.databind.JsonNode;

/** A meow as somebody was shown it, in an answer or in a frame. */
public record SeenMeow(String id, String body, String createdAt) {

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when a field is missing or no text
   */
  public static SeenMeow of(JsonNode json) {
    return new SeenMeow(text(json, "id"), text(json, "body"), text(json, "created_at"));
  }

  private static String text(JsonNode json, String field) {
    JsonNode value = json.get(field);
    if (value == null || !value.isString()) {
      throw new IllegalArgumentException("no " + field + " in " + json);
    }
    return value.stringValue();
  }
}
