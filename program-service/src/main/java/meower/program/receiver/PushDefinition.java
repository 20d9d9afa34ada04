package meower.program.receiver;

import java.time.Duration;
import java.util.Set;
import meower.program.request.Members;
import meower.web.ProblemException;
import tools.jackson.databind.JsonNode;

/**
 * What a program says of the receiver of its queue.
 *
 * @param url who is called
 * @param timeout how long one call may take altogether
 * @param maxInFlight how many calls there may be at once
 */
public record PushDefinition(String url, Duration timeout, int maxInFlight) {

  private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);
  private static final int USUAL_IN_FLIGHT = 10;
  private static final int MOST_IN_FLIGHT = 1000;
  private static final Set<String> KNOWN = Set.of("url", "timeout", "max_in_flight");

  /**
   * Reads a definition; whether the URL may be called is for others to say.
   *
   * @throws ProblemException 400 that names the member which is missing, unknown or wrong
   */
  public static PushDefinition of(JsonNode json) {
    if (!json.isObject() || !json.path("url").isString()) {
      throw ProblemException.badParameter(
          "push", "push has to be an object, like {\"url\":\"https://example.org/hook\"}.");
    }
    Members members = Members.of(json, "push");
    members.requireKnown(KNOWN, "push has no %s. It has url, timeout and max_in_flight.");
    return new PushDefinition(
        json.get("url").stringValue(),
        members.duration("timeout", USUAL_TIMEOUT, SHORTEST_TIMEOUT, LONGEST_TIMEOUT),
        members.number("max_in_flight", USUAL_IN_FLIGHT, MOST_IN_FLIGHT));
  }
}
