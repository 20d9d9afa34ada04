package meower.e2e.chaos.program.checker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import meower.e2e.chaos.history.Violation.Kind;
import meower.e2e.chaos.history.Violations;
import meower.e2e.chaos.program.history.Publication;
import meower.e2e.chaos.program.history.PushCall;
import meower.e2e.chaos.program.history.QueueEnd;
import meower.e2e.chaos.program.history.QueueHistory;

/**
 * Whether a queue with push brought all that was published into it, signed, and nothing else. It
 * may bring a message again whose 2xx got lost.
 */
final class PushJudge {

  private PushJudge() {}

  static void judge(
      QueueHistory history, List<PushCall> calls, QueueEnd end, Violations violations) {
    Map<String, Publication> byId = new HashMap<>();
    Map<String, String> bodies = new HashMap<>();
    Set<String> published = new HashSet<>();
    for (var publication : history.publications()) {
      published.addAll(publication.bodies());
      for (var ids : publication.answers()) {
        for (int i = 0; i < ids.size(); i++) {
          byId.put(ids.get(i), publication);
          bodies.put(ids.get(i), publication.bodies().get(i));
        }
      }
    }
    Set<String> accepted = new HashSet<>();
    for (var call : calls) {
      judge(call, bodies, published, history.queue(), violations);
      if (call.accepted()) {
        accepted.add(call.message());
      }
    }
    byId.keySet().removeAll(accepted);
    byId.keySet().removeAll(end.dead());
    if (byId.size() > end.left()) {
      byId.forEach((id, publication) ->
          violations.add(
              Kind.CALLBACK_LOST,
              publication.sentAt(),
              "%s: message %s was never accepted and is not there (%d are left)"
                  .formatted(history.queue(), id, end.left())));
    }
  }

  private static void judge(
      PushCall call,
      Map<String, String> bodies,
      Set<String> published,
      String queue,
      Violations violations) {
    if (!call.verified()) {
      violations.add(Kind.CALLBACK_UNSIGNED, call.at(), queue + ": the call of " + call.message());
    }
    String body = bodies.computeIfAbsent(call.message(), _ -> call.body());
    if (!published.contains(call.body())) {
      violations.add(
          Kind.INVENTED, call.at(), queue + ": nobody published \"" + call.body() + "\"");
    } else if (!body.equals(call.body())) {
      violations.add(
          Kind.CHANGED, call.at(), queue + ": " + call.message() + " was \"" + body + "\"");
    }
  }
}
