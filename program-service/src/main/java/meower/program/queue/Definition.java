package meower.program.queue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import meower.program.receiver.PushDefinition;
import meower.program.request.Members;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a program says of its queue.
 *
 * @param lease how long who fetches a message has it, unless the fetch says otherwise
 * @param maxDeliveries after so many a message is a dead letter
 * @param keep a message that is older is a dead letter, too
 * @param publishers programs that may publish into it besides its owner
 * @param consumers programs that may fetch from it besides its owner
 * @param feed what flows into it from the meows, if anything does
 * @param push whom Meower brings its messages to, instead of anybody fetching them
 */
public record Definition(
    Duration lease,
    int maxDeliveries,
    Duration keep,
    List<String> publishers,
    List<String> consumers,
    @Nullable FeedDefinition feed,
    @Nullable PushDefinition push) {

  public static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

  public static final Duration LONGEST_LEASE = Duration.ofHours(12);

  private static final Duration SHORTEST_KEEP = Duration.ofSeconds(1);
  private static final Duration LONGEST_KEEP = Duration.ofDays(30);
  private static final int MOST_DELIVERIES = 1000;
  private static final int DELIVERIES_OF_PUSH = 12;
  private static final int MOST_NAMES = 100;
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,60}");
  private static final Set<String> KNOWN =
      Set.of("lease", "max_deliveries", "keep", "publishers", "consumers", "feed", "push");
  private static final String UNKNOWN =
      "A queue has no %s. It may have lease, max_deliveries, keep, publishers, consumers, feed and push.";

  static final Definition DEFAULT =
      new Definition(
          Duration.ofSeconds(30), 10, Duration.ofDays(7), List.of(), List.of(), null, null);

  public Definition {
    publishers = List.copyOf(publishers);
    consumers = List.copyOf(consumers);
  }

  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /**
   * Reads a definition; what is left out is as in {@link #DEFAULT}.
   *
   * @throws ProblemException 400 that names the member which is unknown or wrong
   */
  static Definition of(JsonNode json) {
    if (!json.isObject()) {
      throw ProblemException.malformed("A queue is defined by a JSON object; {} is enough.");
    }
    Members members = Members.of(json);
    members.requireKnown(KNOWN, UNKNOWN);
    @Nullable PushDefinition push = json.has("push") ? PushDefinition.of(json.get("push")) : null;
    int usual = push == null ? DEFAULT.maxDeliveries() : DELIVERIES_OF_PUSH;
    return new Definition(
        members.duration("lease", DEFAULT.lease(), SHORTEST_LEASE, LONGEST_LEASE),
        members.number("max_deliveries", usual, MOST_DELIVERIES),
        members.duration("keep", DEFAULT.keep(), SHORTEST_KEEP, LONGEST_KEEP),
        names(json, "publishers"),
        names(json, "consumers"),
        json.has("feed") ? FeedDefinition.of(json.get("feed")) : null,
        push);
  }

  private static List<String> names(JsonNode json, String member) {
    if (!json.has(member)) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    JsonNode value = json.get(member);
    value.forEach(name -> names.add(name.isString() ? name.stringValue() : ""));
    if (!value.isArray()
        || names.size() > MOST_NAMES
        || !names.stream().allMatch(Definition::isName)) {
      throw ProblemException.badParameter(
          member,
          "%s has to be an array of at most %d names of programs.".formatted(member, MOST_NAMES));
    }
    return names.stream().distinct().toList();
  }
}
