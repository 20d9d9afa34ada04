package meower.e2e.chaos.program.checker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import meower.e2e.chaos.program.history.Delivery;
import meower.e2e.chaos.program.history.Publication;
import meower.e2e.chaos.program.history.Settlement;
import meower.e2e.chaos.program.history.Settlement.Outcome;

/** All that happened to one message. */
final class MessageLife {

  /** Two leases that held at the same time. */
  record Pair(LeaseSpan first, LeaseSpan second) {}

  private final String message;
  private final Predicate<Settlement> mayBeDone;
  private final List<Delivery> deliveries = new ArrayList<>();
  private final List<Settlement> settlements = new ArrayList<>();
  private final Map<String, List<Settlement>> byLease = new HashMap<>();

  /**
   * @param message its id
   * @param mayBeDone whether a settlement may have been carried out, whatever was answered
   */
  MessageLife(String message, Predicate<Settlement> mayBeDone) {
    this.message = message;
    this.mayBeDone = mayBeDone;
  }

  void add(Delivery delivery) {
    deliveries.add(delivery);
  }

  void add(Settlement settlement) {
    settlements.add(settlement);
    byLease.computeIfAbsent(settlement.lease(), _ -> new ArrayList<>()).add(settlement);
  }

  String message() {
    return message;
  }

  List<Delivery> deliveries() {
    return deliveries;
  }

  List<Settlement> allSettlements() {
    return settlements;
  }

  List<Settlement> settlements(String lease) {
    return byLease.getOrDefault(lease, List.of());
  }

  /** What settled it for good, as was answered. */
  List<Settlement> done() {
    return settlements.stream()
        .filter(settlement -> settlement.deed().isFinal() && settlement.outcome() == Outcome.DONE)
        .toList();
  }

  /** When the first answer was here that it was settled for good. */
  long doneAt() {
    return done().stream().mapToLong(Settlement::answeredAt).min().orElse(Publication.NEVER);
  }

  /** When somebody knew that it is not there any more. */
  long goneAt() {
    return settlements.stream()
        .filter(settlement -> settlement.outcome() == Outcome.GONE)
        .mapToLong(Settlement::answeredAt)
        .reduce(doneAt(), Math::min);
  }

  /** The highest number of a delivery with one of these leases. */
  int lastNumber(Set<String> leases) {
    return deliveries.stream()
        .filter(delivery -> leases.contains(delivery.lease()))
        .mapToInt(Delivery::number)
        .max()
        .orElse(0);
  }

  /** What is known of a lease without what was sent at a moment or later. */
  LeaseSpan spanBefore(long moment, Delivery delivery) {
    return LeaseSpan.of(
        delivery,
        settlements(delivery.lease()).stream()
            .filter(settlement -> settlement.sentAt() < moment && mayBeDone.test(settlement))
            .toList());
  }

  /** Leases that certainly held at one moment. */
  List<Pair> shared() {
    var spans =
        deliveries.stream()
            .map(delivery -> spanBefore(Publication.NEVER, delivery))
            .sorted(Comparator.comparingLong(LeaseSpan::from))
            .toList();
    var shared = new ArrayList<Pair>();
    for (int i = 0; i < spans.size(); i++) {
      for (int j = i + 1; j < spans.size() && spans.get(j).from() < spans.get(i).until(); j++) {
        if (spans.get(i).overlaps(spans.get(j))) {
          shared.add(new Pair(spans.get(i), spans.get(j)));
        }
      }
    }
    return shared;
  }
}
