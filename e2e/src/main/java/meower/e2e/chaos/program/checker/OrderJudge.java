package meower.e2e.chaos.program.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import meower.e2e.chaos.history.Violation.Kind;
import meower.e2e.chaos.history.Violations;
import meower.e2e.chaos.program.history.Delivery;
import meower.e2e.chaos.program.history.QueueHistory;

/**
 * Whether one consumer gets what one publisher has published, one after the other, in that order.
 */
final class OrderJudge {

  private OrderJudge() {}

  static void judge(QueueHistory history, Violations violations) {
    var published = new ArrayList<String>();
    for (var publication : history.publications()) {
      if (publication.isPublished()) {
        published.addAll(publication.bodies());
      }
    }
    Map<String, Integer> places = new HashMap<>();
    published.forEach(body -> places.putIfAbsent(body, places.size()));
    int last = -1;
    for (var delivery : first(history.deliveries())) {
      int place = places.getOrDefault(delivery.body(), last + 1);
      if (place < last) {
        violations.add(
            Kind.QUEUE_OUT_OF_ORDER,
            delivery.gotAt(),
            "%s: \"%s\" comes after \"%s\""
                .formatted(history.queue(), delivery.body(), published.get(last)));
      }
      last = Math.max(last, place);
    }
  }

  /** A message that comes a second time goes behind what is ready. */
  private static List<Delivery> first(List<Delivery> deliveries) {
    return deliveries.stream().filter(delivery -> delivery.number() == 1).toList();
  }
}
