package meower.program.lease;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import meower.program.queue.Definition;
import meower.program.queue.Queue;
import meower.program.queue.Queues;
import meower.program.request.Content;
import meower.program.request.Parameters;
import meower.web.ProblemException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * {@code /queues/{queue}/acknowledge}, {@code requeue}, {@code reject} and {@code extend}, for one
 * lease or for many.
 */
@RestController
final class SettleController {

  private static final String DEED = "{deed:acknowledge|requeue|reject|extend}";
  private static final int MOST_LEASES = 1000;
  private static final int MOST_BYTES = 256 * 1024;
  private static final int LONGEST_REASON = 1000;
  private static final Duration LONGEST_DELAY = Duration.ofHours(12);

  private final Queues queues;
  private final Settling settling;

  SettleController(Queues queues, Settling settling) {
    this.queues = queues;
    this.settling = settling;
  }

  @PostMapping("/queues/{queue}/" + DEED + "/{lease}")
  ResponseEntity<Map<String, String>> one(
      @PathVariable("queue") String name,
      @PathVariable("deed") String deed,
      @PathVariable("lease") String lease,
      HttpServletRequest request) {
    Queue queue = queues.consumable(queues.caller(request), name);
    Settlement settlement =
        new Settlement(queue, List.of(lease("lease", lease)), action(deed, queue, request));
    return switch (settling.settle(settlement).getFirst()) {
      case Settlement.Outcome.Done done when done.until() != null ->
          ResponseEntity.ok(Map.of("lease_until", done.until().toString()));
      case Settlement.Outcome.Done _ -> ResponseEntity.noContent().build();
      case Settlement.Outcome.Lost() -> throw lost();
      case Settlement.Outcome.Gone() -> throw gone();
    };
  }

  /** Each lease is in one of the three lists. */
  record Answer(List<String> done, List<String> lost, List<String> gone) {}

  @PostMapping("/queues/{queue}/" + DEED)
  Answer many(
      @PathVariable("queue") String name,
      @PathVariable("deed") String deed,
      HttpServletRequest request)
      throws IOException {
    Queue queue = queues.consumable(queues.caller(request), name);
    Action action = action(deed, queue, request);
    Map<Lease, Settlement.Outcome> outcomes = new LinkedHashMap<>();
    List<Lease> open = leases(request);
    while (!open.isEmpty()) {
      List<Lease> now = oneOfEachMessage(open);
      List<Settlement.Outcome> settled = settling.settle(new Settlement(queue, now, action));
      for (int i = 0; i < now.size(); i++) {
        outcomes.put(now.get(i), settled.get(i));
      }
      open = open.stream().filter(lease -> !outcomes.containsKey(lease)).toList();
    }
    return answer(outcomes);
  }

  /** Somebody may send an old lease of a message beside its new one. */
  private static List<Lease> oneOfEachMessage(List<Lease> leases) {
    Map<Long, Lease> first = new LinkedHashMap<>();
    leases.forEach(lease -> first.putIfAbsent(lease.seq(), lease));
    return List.copyOf(first.values());
  }

  private static Answer answer(Map<Lease, Settlement.Outcome> outcomes) {
    Answer answer = new Answer(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    outcomes.forEach((lease, outcome) -> {
      List<String> list =
          switch (outcome) {
            case Settlement.Outcome.Done _ -> answer.done();
            case Settlement.Outcome.Lost() -> answer.lost();
            case Settlement.Outcome.Gone() -> answer.gone();
          };
      list.add(lease.toString());
    });
    return answer;
  }

  private static List<Lease> leases(HttpServletRequest request) throws IOException {
    JsonNode leases =
        Content.json(
                request, MOST_BYTES, "Settle at most %,d leases at once.".formatted(MOST_LEASES))
            .path("leases");
    if (!leases.isArray() || leases.isEmpty() || leases.size() > MOST_LEASES) {
      throw ProblemException.badParameter(
          "leases", "Send {\"leases\": […]} with 1 to %,d leases.".formatted(MOST_LEASES));
    }
    List<Lease> read = new ArrayList<>();
    for (int i = 0; i < leases.size(); i++) {
      JsonNode lease = leases.get(i);
      read.add(lease("leases[" + i + "]", lease.isString() ? lease.stringValue() : ""));
    }
    return read.stream().distinct().toList();
  }

  private static Lease lease(String name, String text) {
    return Lease.parse(text)
        .orElseThrow(() ->
            ProblemException.badParameter(
                name, "This is not a lease. Send it as it came with the message."));
  }

  private static Action action(String deed, Queue queue, HttpServletRequest request) {
    Parameters parameters = Parameters.of(request);
    return switch (deed) {
      case "acknowledge" -> new Action.Acknowledge();
      case "requeue" ->
          new Action.Requeue(
              parameters.duration("delay", Duration.ZERO, LONGEST_DELAY).orElse(Duration.ZERO));
      case "reject" ->
          new Action.Reject(parameters.text("reason").map(SettleController::reason).orElse(null));
      default ->
          new Action.Extend(
              parameters
                  .duration("lease", Definition.SHORTEST_LEASE, Definition.LONGEST_LEASE)
                  .orElse(queue.definition().lease()));
    };
  }

  private static String reason(String text) {
    if (text.length() > LONGEST_REASON) {
      throw ProblemException.badParameter(
          "reason", "A reason has at most %,d characters.".formatted(LONGEST_REASON));
    }
    return text;
  }

  private static ProblemException lost() {
    return new ProblemException(
        HttpStatus.CONFLICT,
        "lease-lost",
        "The lease does not hold any more",
        "It has ended, or the message was put back: it will come again, and what you did may be"
            + " done twice. Fetch with a longer lease, or extend it in time.");
  }

  private static ProblemException gone() {
    return new ProblemException(
        HttpStatus.NOT_FOUND,
        "message-gone",
        "The message is not there any more",
        "It was acknowledged, rejected or deleted already: nobody gets it again, so there is"
            + " nothing left to do.");
  }
}
