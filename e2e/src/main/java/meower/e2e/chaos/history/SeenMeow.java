package meower.e2e.chaos.history;

import tools.jackson.databind.JsonNode;

/** A meow as somebody was shown it, in an answer or in a frame. */
public record SeenMeow(String id, String body, String createdAt, int revision) {

  public static final int CREATION = 1;

  /** One that was never edited. */
  public SeenMeow(String id, String body, String createdAt) {
    this(id, body, createdAt, CREATION);
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when a field is missing or of another type
   */
  public static SeenMeow of(JsonNode json) {
    return new SeenMeow(
        text(json, "id"), text(json, "body"), text(json, "created_at"), revision(json));
  }

  private static String text(JsonNode json, String field) {
    JsonNode value = json.get(field);
    if (value == null || !value.isString()) {
      throw new IllegalArgumentException("no " + field + " in " + json);
    }
    return value.stringValue();
  }

  /** Only what was edited has one, and says when. */
  private static int revision(JsonNode json) {
    JsonNode revision = json.get("revision");
    if (revision == null) {
      return CREATION;
    }
    if (!revision.isInt() || revision.intValue() <= CREATION) {
      throw new IllegalArgumentException("not a revision of an edited meow in " + json);
    }
    text(json, "edited_at");
    return revision.intValue();
  }
}
