package meower.e2e.chaos.program.checker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import meower.e2e.chaos.history.Outages;
import meower.e2e.chaos.history.Violation.Kind;
import meower.e2e.chaos.history.Violations;
import meower.e2e.chaos.program.history.Delivery;
import meower.e2e.chaos.program.history.Publication;
import meower.e2e.chaos.program.history.QueueEnd;
import meower.e2e.chaos.program.history.QueueHistory;
import meower.e2e.chaos.program.history.Settlement;
import meower.e2e.chaos.program.history.Settlement.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Whether a queue kept what it promises: every message comes until it is settled for good and never
 * again afterwards, nobody has one that another one's lease holds, and every answer is true.
 */
final class QueueJudge {

  private final QueueHistory history;
  private final Outages outages;
  private final Violations violations;

  /** By the id of the message. */
  private final Map<String, MessageLife> lives = new LinkedHashMap<>();

  private QueueJudge(QueueHistory history, Outages outages, Violations violations) {
    this.history = history;
    this.outages = outages;
    this.violations = violations;
    Map<String, Delivery> byLease = new HashMap<>();
    for (var delivery : history.deliveries()) {
      // The same lease again is the answer to a fetch that was repeated.
      if (byLease.putIfAbsent(delivery.lease(), delivery) == null) {
        life(delivery.message()).add(delivery);
      }
    }
    for (var settlement : history.settlements()) {
      var delivery = byLease.get(settlement.lease());
      if (delivery != null) {
        life(delivery.message()).add(settlement);
      }
    }
  }

  static void judge(QueueHistory history, QueueEnd end, Outages outages, Violations violations) {
    var judge = new QueueJudge(history, outages, violations);
    judge.judgePublications();
    judge.lives.values().forEach(judge::judgeLife);
    judge.judgeLosses(end);
  }

  private MessageLife life(String message) {
    return lives.computeIfAbsent(message, id -> new MessageLife(id, this::mayBeDone));
  }

  /** Each text that was published has one id, and nothing else comes. */
  private void judgePublications() {
    if (history.publications().isEmpty()) {
      return; // what flows into it is judged with its feed
    }
    Map<String, Publication> byBody = new HashMap<>();
    for (var publication : history.publications()) {
      publication.bodies().forEach(body -> byBody.put(body, publication));
      if (new HashSet<>(publication.answers()).size() > 1) {
        add(
            Kind.MESSAGE_DOUBLED,
            publication.sentAt(),
            publication + " has other ids when repeated");
      }
    }
    Map<String, String> ids = publishedIds();
    for (var delivery : history.deliveries()) {
      if (!byBody.containsKey(delivery.body())) {
        add(Kind.INVENTED, delivery.gotAt(), "nobody published \"" + delivery.body() + "\"");
      } else if (!ids.computeIfAbsent(delivery.body(), _ -> delivery.message())
          .equals(delivery.message())) {
        add(
            Kind.MESSAGE_DOUBLED,
            delivery.gotAt(),
            "\"%s\" is two messages: %s and %s"
                .formatted(delivery.body(), ids.get(delivery.body()), delivery.message()));
      }
    }
  }

  /** By their bodies, as the answers to their publications say. */
  private Map<String, String> publishedIds() {
    Map<String, String> ids = new HashMap<>();
    for (var publication : history.publications()) {
      for (var answer : publication.answers()) {
        for (int i = 0; i < Math.min(answer.size(), publication.bodies().size()); i++) {
          ids.putIfAbsent(publication.bodies().get(i), answer.get(i));
        }
      }
    }
    return ids;
  }

  private void judgeLife(MessageLife life) {
    for (var pair : life.shared()) {
      add(
          Kind.LEASE_SHARED,
          pair.second().delivery().gotAt(),
          "message %s was delivered (%d) while the lease of delivery %d held for %d ms more"
              .formatted(
                  life.message(),
                  pair.second().delivery().number(),
                  pair.first().delivery().number(),
                  (pair.first().until() - pair.second().from()) / 1_000_000));
    }
    judgeRepetition(life);
    for (var delivery : life.deliveries()) {
      for (var settlement : life.settlements(delivery.lease())) {
        judgeAnswer(life, delivery, settlement);
      }
    }
  }

  private void judgeRepetition(MessageLife life) {
    Set<String> leases = life.done().stream().map(Settlement::lease).collect(Collectors.toSet());
    if (leases.size() > 1) {
      add(
          Kind.MESSAGE_DOUBLED,
          life.doneAt(),
          "message %s was settled for good with %d leases"
              .formatted(life.message(), leases.size()));
    }
    int last = life.lastNumber(leases);
    for (var delivery : life.deliveries()) {
      if (delivery.askedAt() > life.doneAt()
          || (last > 0 && delivery.number() > last && !leases.contains(delivery.lease()))) {
        add(
            Kind.MESSAGE_DOUBLED,
            delivery.gotAt(),
            "message %s came again (delivery %d) after it was settled for good"
                .formatted(life.message(), delivery.number()));
      }
    }
  }

  private void judgeAnswer(MessageLife life, Delivery delivery, Settlement settlement) {
    var span = life.spanBefore(settlement.sentAt(), delivery);
    String what =
        switch (settlement.outcome()) {
          case DONE ->
              settlement.sentAt() > span.over()
                  ? "was carried out %d ms after the lease was over"
                      .formatted((settlement.sentAt() - span.over()) / 1_000_000)
                  : "";
          case LOST ->
              settlement.sentAt() > life.goneAt()
                  ? "is refused as lost, and the message is gone"
                  : isCertain(span, settlement) && !mayBeRepetition(settlement)
                      ? "is refused as lost, and the lease holds"
                      : "";
          case GONE ->
              life.deliveries().stream().anyMatch(d -> d.askedAt() > settlement.answeredAt())
                  ? "is refused as gone, and the message came again"
                  : isCertain(span, settlement) && !mayBeRepetition(settlement)
                      ? "is refused as gone, and the lease holds"
                      : "";
          case UNKNOWN -> "";
        };
    if (!what.isEmpty()) {
      add(
          Kind.UNTRUE_SETTLEMENT,
          settlement.sentAt(),
          "%s of message %s %s".formatted(settlement.deed(), life.message(), what));
    }
  }

  private static boolean isCertain(LeaseSpan span, Settlement settlement) {
    return settlement.answeredAt() < span.until();
  }

  /**
   * The proxy asks another instance when one does not answer, and that one tells what became of it
   * when the first one had carried it out.
   */
  private boolean mayBeRepetition(Settlement settlement) {
    boolean fits =
        settlement.deed() == Settlement.Deed.REQUEUE
            || (settlement.outcome() == Outcome.GONE && settlement.deed().isFinal());
    return fits && outages.isUnsettled(settlement.sentAt(), settlement.answeredAt());
  }

  /** Who puts a message back and is refused may have done it when the proxy asked first. */
  private boolean mayBeDone(Settlement settlement) {
    return settlement.mayBeDone()
        || (settlement.deed() == Settlement.Deed.REQUEUE && mayBeRepetition(settlement));
  }

  /** What was published, or came once, and was settled for good by nobody. */
  private void judgeLosses(QueueEnd end) {
    Map<String, Long> expected = new LinkedHashMap<>();
    for (var publication : history.publications()) {
      publication.answers().stream()
          .limit(1)
          .forEach(ids -> ids.forEach(id -> expected.put(id, publication.sentAt())));
    }
    lives.forEach((id, life) -> expected.putIfAbsent(id, life.deliveries().getFirst().gotAt()));
    var missing =
        expected.keySet().stream()
            .filter(id -> !end.dead().contains(id) && !isSettled(lives.get(id)))
            .toList();
    if (missing.size() > end.left()) {
      report(missing, expected, end);
    }
  }

  private void report(List<String> missing, Map<String, Long> expected, QueueEnd end) {
    for (String id : missing) {
      add(
          Kind.MESSAGE_LOST,
          expected.getOrDefault(id, 0L),
          "message %s is neither settled nor there (%d are left)".formatted(id, end.left()));
    }
  }

  private boolean isSettled(@Nullable MessageLife life) {
    return life != null && life.allSettlements().stream().anyMatch(this::maySettle);
  }

  /** Whether it may have ended the message, as far as anybody was told. */
  private boolean maySettle(Settlement settlement) {
    return switch (settlement.outcome()) {
      // What was rejected with success has to be among the dead letters.
      case DONE -> settlement.deed() == Settlement.Deed.ACKNOWLEDGE;
      case UNKNOWN -> settlement.deed().isFinal();
      case GONE -> settlement.deed().isFinal() && mayBeRepetition(settlement);
      case LOST -> false;
    };
  }

  private void add(Kind kind, long at, String what) {
    violations.add(kind, at, history.queue() + ": " + what);
  }
}
