package meower.program.lookup;

import java.util.Optional;
import meower.program.outbound.OutboundAnswer;
import meower.program.request.Content;
import tools.jackson.databind.JsonNode;

/** What a status API said of an object. */
enum StatusAnswer {
  ONLINE,
  OFFLINE;

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  /** What an answer has to be, for whoever runs the status API. */
  static final String FORM = "{\"online\": true or false} with 200, or 404";

  /** Reads an answer; returns nothing if it says neither. */
  static Optional<StatusAnswer> of(OutboundAnswer answer) {
    if (answer.status() == NOT_FOUND) {
      return Optional.of(OFFLINE);
    }
    if (answer.status() != OK) {
      return Optional.empty();
    }
    return Content.parse(answer.body())
        .map(json -> json.path("online"))
        .filter(JsonNode::isBoolean)
        .map(online -> online.booleanValue() ? ONLINE : OFFLINE);
  }
}
