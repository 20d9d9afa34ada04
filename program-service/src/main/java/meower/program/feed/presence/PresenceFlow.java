package meower.program.feed.presence;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import meower.program.change.Changes;
import meower.program.change.PresenceChange;
import tools.jackson.databind.json.JsonMapper;

/**
 * Decides what flows into a queue: pure, without any I/O. Each change once, in order; and where
 * some are not kept any more, a message in their place that says so.
 */
final class PresenceFlow {

  private static final JsonMapper JSON = JsonMapper.shared();

  private PresenceFlow() {}

  /**
   * A message for the queue.
   *
   * @param version everything up to it is in the queue then
   * @param body in the form of Standard Webhooks: {@code type}, {@code timestamp} and {@code data}
   * @param isGap whether it says that changes are missing
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares or changes it
  record Flowing(long version, byte[] body, boolean isGap) {}

  /**
   * Returns what comes next.
   *
   * @param program whose objects they are
   * @param position everything up to it is in the queue
   * @param changes what comes after it
   */
  static List<Flowing> of(String program, long position, Changes changes, Instant now) {
    List<Flowing> flowing = new ArrayList<>();
    long place = position;
    if (!changes.covers(position)) {
      // A version that is still to come is one of a database that was restored.
      place = position > changes.version() ? changes.version() : changes.keptAfter();
      flowing.add(new Flowing(place, gap(program, position, place, now), true));
    }
    for (PresenceChange change : changes.next()) {
      if (change.version() > place) {
        flowing.add(new Flowing(change.version(), message(program, change), false));
      }
    }
    return flowing;
  }

  private static byte[] message(String program, PresenceChange change) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("program", program);
    data.put("id", change.id());
    data.put("last_seen", change.lastSeen().toString());
    data.put("version", change.version());
    return message("presence." + change.name(), change.changedAt(), data);
  }

  private static byte[] gap(String program, long from, long to, Instant now) {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("program", program);
    data.put("from", from);
    data.put("to", to);
    return message("presence.gap", now, data);
  }

  private static byte[] message(String type, Instant timestamp, Map<String, Object> data) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("type", type);
    message.put("timestamp", timestamp.toString());
    message.put("data", data);
    return JSON.writeValueAsString(message).getBytes(StandardCharsets.UTF_8);
  }
}
