package meower.e2e.chaos.program.checker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import meower.e2e.chaos.history.FeedPosition;
import meower.e2e.chaos.history.Violation.Kind;
import meower.e2e.chaos.history.Violations;
import meower.e2e.chaos.program.history.FedMessage;
import meower.e2e.chaos.program.history.FeedHistory;
import meower.e2e.chaos.program.history.MeowFact;
import meower.e2e.chaos.program.history.MeowFact.Deletion;
import org.jspecify.annotations.Nullable;

/**
 * Whether queues with a feed got every event that they want, once, and in the order of the feed.
 *
 * <p>The texts of a meow that is deleted are taken out of the stream. Whoever comes too late for
 * them is not told of that meow at all; but who was told of it is told of its end.
 */
final class FeedQueueJudge {

  private final Map<String, MeowFact> facts = new HashMap<>();
  private final Violations violations;

  FeedQueueJudge(List<MeowFact> facts, Violations violations) {
    facts.forEach(fact -> this.facts.put(fact.id(), fact));
    this.violations = violations;
  }

  /** Judges a queue that wants everything, and that was read by one from its beginning. */
  void judgeWhole(FeedHistory history) {
    judgeOrder(history);
    var told = judgeOnce(history);
    for (var fact : facts.values()) {
      var here = told.getOrDefault(fact.id(), new TreeMap<>());
      if (fact.deletion() == Deletion.NONE) {
        int most = Math.max(fact.revision(), here.isEmpty() ? 0 : here.lastKey());
        for (int revision = 1; revision <= most; revision++) {
          require(history, fact, here, revision);
        }
      }
      judgeDeletion(history, fact, here);
    }
  }

  /**
   * Judges a queue that wants one topic, whoever read it.
   *
   * @param whole what a queue that wants everything got
   */
  void judgeTopic(FeedHistory history, FeedHistory whole) {
    var told = judgeOnce(history);
    var all = byMeow(whole);
    for (var fact : facts.values()) {
      var here = told.getOrDefault(fact.id(), new TreeMap<>());
      if (fact.deletion() == Deletion.NONE) {
        judgeTopic(history, fact, here, all.getOrDefault(fact.id(), new TreeMap<>()));
      }
      judgeDeletion(history, fact, here);
    }
  }

  /** From the first text with the topic on it is told of everything. */
  private void judgeTopic(
      FeedHistory history,
      MeowFact fact,
      NavigableMap<Integer, FedMessage> here,
      NavigableMap<Integer, FedMessage> all) {
    boolean wants = false;
    boolean mayWant = false;
    for (int revision : all.keySet()) {
      @Nullable Boolean topic = fact.topics().get(revision);
      wants |= topic != null && topic;
      mayWant |= topic == null || topic;
      if (wants) {
        require(history, fact, here, revision);
      } else if (!mayWant && here.containsKey(revision)) {
        add(history, Kind.INVENTED, here.get(revision), "is not about the topic");
      }
    }
  }

  private void judgeOrder(FeedHistory history) {
    @Nullable FeedPosition last = null;
    for (var message : history.messages()) {
      var position = message.position();
      if (last != null
          && last.epoch().equals(position.epoch())
          && position.sequence() <= last.sequence()) {
        add(history, Kind.FEED_OUT_OF_ORDER, message, "comes after " + last);
      }
      last = position;
    }
  }

  private void judgeDeletion(
      FeedHistory history, MeowFact fact, NavigableMap<Integer, FedMessage> here) {
    if (fact.deletion() == Deletion.DONE
        && !here.isEmpty()
        && here.lastEntry().getValue().kind() != FedMessage.Kind.DELETED) {
      violations.add(
          Kind.FEED_MISSED,
          fact.sentAt(),
          history.queue() + " was not told that " + fact.id() + " is deleted");
    }
  }

  /** A message that comes again has the same id; two of them for one event are one too many. */
  private Map<String, NavigableMap<Integer, FedMessage>> judgeOnce(FeedHistory history) {
    Map<FedMessage.Key, String> messages = new HashMap<>();
    Set<String> doubled = new HashSet<>();
    for (var message : history.messages()) {
      if (!facts.containsKey(message.meow())) {
        add(history, Kind.INVENTED, message, "nobody posted");
      }
      String first = messages.putIfAbsent(message.key(), message.message());
      if (first != null && !first.equals(message.message()) && doubled.add(message.message())) {
        add(history, Kind.FEED_DOUBLED, message, "comes as " + first + ", too");
      }
    }
    return byMeow(history);
  }

  private static Map<String, NavigableMap<Integer, FedMessage>> byMeow(FeedHistory history) {
    Map<String, NavigableMap<Integer, FedMessage>> told = new HashMap<>();
    for (var message : history.messages()) {
      told.computeIfAbsent(message.meow(), _ -> new TreeMap<>())
          .putIfAbsent(message.revision(), message);
    }
    return told;
  }

  private void require(
      FeedHistory history, MeowFact fact, NavigableMap<Integer, FedMessage> here, int revision) {
    if (!here.containsKey(revision)) {
      violations.add(
          Kind.FEED_MISSED,
          fact.sentAt(),
          "%s lacks revision %d of %s".formatted(history.queue(), revision, fact.id()));
    }
  }

  private void add(FeedHistory history, Kind kind, FedMessage message, String what) {
    violations.add(
        kind,
        message.at(),
        "%s: %s of %s at %s (message %s) %s"
            .formatted(
                history.queue(),
                message.kind(),
                message.meow(),
                message.position(),
                message.message(),
                what));
  }
}
