package meower.e2e.chaos.history;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A meow that was asked for by its id.
 *
 * @param meow empty when it is deleted
 */
public record MeowNow(String id, Optional<SeenMeow> meow) {

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it is neither a meow nor what is left of one
   */
  public static MeowNow of(JsonNode json) {
    if (json.has("body")) {
      var meow = SeenMeow.of(json);
      return new MeowNow(meow.id(), Optional.of(meow));
    }
    if (!json.has("id") || !json.has("deleted_at") || !json.has("by")) {
      throw new IllegalArgumentException("neither there nor deleted: " + json);
    }
    return new MeowNow(json.get("id").stringValue(), Optional.empty());
  }
}
