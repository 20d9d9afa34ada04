package meower.program.receiver;

import java.time.Duration;
import java.util.Set;
import meower.program.request.Durations;
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
    json.propertyNames().forEach(PushDefinition::requireKnown);
    return new PushDefinition(json.get("url").stringValue(), timeout(json), inFlight(json));
  }

  private static void requireKnown(String member) {
    if (!KNOWN.contains(member)) {
      throw ProblemException.badParameter(
          "push", "push has no %s. It has url, timeout and max_in_flight.".formatted(member));
    }
  }

  private static Duration timeout(JsonNode json) {
    JsonNode value = json.get("timeout");
    return value == null
        ? USUAL_TIMEOUT
        : Durations.parse(
            "timeout",
            value.isString() ? value.stringValue() : "",
            SHORTEST_TIMEOUT,
            LONGEST_TIMEOUT);
  }

  private static int inFlight(JsonNode json) {
    JsonNode value = json.get("max_in_flight");
    if (value == null) {
      return USUAL_IN_FLIGHT;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < 1
        || value.intValue() > MOST_IN_FLIGHT) {
      throw ProblemException.badParameter(
          "max_in_flight",
          "max_in_flight has to be a whole number from 1 to " + MOST_IN_FLIGHT + ".");
    }
    return value.intValue();
  }
}
