package meower.program.source;

import java.time.Duration;
import java.util.Set;
import meower.program.outbound.OutboundCalls;
import meower.program.request.Members;
import meower.web.ProblemException;
import tools.jackson.databind.JsonNode;

/**
 * What a program says of its status API.
 *
 * @param statusUrl with {@value #PLACE} where the id belongs
 * @param onlineFor how long an object is here after it was seen
 * @param timeout how long one answer is waited for
 * @param maxInFlight how many look-ups there may be at once
 * @param isPublic whether other programs may see who is here
 */
public record SourceDefinition(
    String statusUrl, Duration onlineFor, Duration timeout, int maxInFlight, boolean isPublic) {

  static final String PLACE = "{id}";

  private static final int MOST_IN_FLIGHT = 5000;
  private static final int USUAL_IN_FLIGHT = 100;
  private static final Duration USUAL_ONLINE = Duration.ofSeconds(30);
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST_ONLINE = Duration.ofHours(1);
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);
  private static final String UNKNOWN =
      "A presence has no %s. It has status_url, online_for, timeout, max_in_flight and public.";
  private static final Set<String> KNOWN =
      Set.of("status_url", "online_for", "timeout", "max_in_flight", "public");

  /**
   * One that says nothing but where.
   *
   * @throws ProblemException 400 if the URL may not be called, or has no place for the id
   */
  public static SourceDefinition at(String statusUrl, OutboundCalls calls) {
    requirePlace(statusUrl);
    calls.require(statusUrl.replace(PLACE, "x"));
    return new SourceDefinition(statusUrl, USUAL_ONLINE, USUAL_TIMEOUT, USUAL_IN_FLIGHT, false);
  }

  /**
   * Reads a definition.
   *
   * @throws ProblemException 400 that names the member which is missing, unknown or wrong
   */
  static SourceDefinition of(JsonNode json, OutboundCalls calls) {
    if (!json.isObject()) {
      throw ProblemException.malformed(
          "A presence is defined by a JSON object, like {\"status_url\":\"https://example.org/objects/{id}\"}.");
    }
    Members members = Members.of(json);
    members.requireKnown(KNOWN, UNKNOWN);
    SourceDefinition usual = at(json.path("status_url").asString(""), calls);
    return new SourceDefinition(
        usual.statusUrl(),
        members.duration("online_for", usual.onlineFor(), SHORTEST, LONGEST_ONLINE),
        members.duration("timeout", usual.timeout(), SHORTEST, LONGEST_TIMEOUT),
        members.number("max_in_flight", usual.maxInFlight(), MOST_IN_FLIGHT),
        members.flag("public"));
  }

  /** Where the id decides which server is asked, whoever reports ids would decide it. */
  private static void requirePlace(String url) {
    int place = url.indexOf(PLACE);
    int authority = url.indexOf("://");
    int path = authority < 0 ? -1 : url.indexOf('/', authority + "://".length());
    if (path < 0 || place < path) {
      throw ProblemException.badParameter(
          "status_url",
          "status_url has to be a URL with {id} in its path or behind its question mark, like"
              + " https://example.org/objects/{id}.");
    }
  }
}
