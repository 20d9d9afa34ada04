package meower.e2e.chaos.program.history;

import java.util.Optional;
import meower.e2e.chaos.history.FeedPosition;
import tools.jackson.databind.JsonNode;

/**
 * A message that flowed into a queue from the meows.
 *
 * @param message its id
 * @param meow the id of the meow
 * @param body empty for a deletion, and when the meow was deleted meanwhile
 * @param at when somebody got it, in {@link System#nanoTime()}
 */
public record FedMessage(
    String message,
    Kind kind,
    String meow,
    int revision,
    Optional<String> body,
    FeedPosition position,
    long at) {

  /** What became of the meow. */
  public enum Kind {
    CREATED,
    EDITED,
    DELETED
  }

  /** Of one meow no two have the same. */
  public record Key(String meow, int revision) {}

  public Key key() {
    return new Key(meow, revision);
  }

  /**
   * Reads the body of a message.
   *
   * @throws RuntimeException when it is of another form
   */
  public static FedMessage of(String message, JsonNode json, long at) {
    var data = json.get("data");
    var kind =
        switch (json.get("type").stringValue()) {
          case "meow.created" -> Kind.CREATED;
          case "meow.edited" -> Kind.EDITED;
          case "meow.deleted" -> Kind.DELETED;
          default -> throw new IllegalArgumentException("an unknown type in " + json);
        };
    return new FedMessage(
        message,
        kind,
        data.get("id").stringValue(),
        kind == Kind.CREATED ? 1 : data.get("revision").intValue(),
        Optional.ofNullable(data.get("body")).map(JsonNode::stringValue),
        FeedPosition.parse(data.get("position").stringValue()),
        at);
  }
}
