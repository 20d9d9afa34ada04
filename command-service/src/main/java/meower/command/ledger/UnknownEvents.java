package meower.command.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import meower.command.event.EventImport;
import meower.schema.EventKey;
import meower.schema.MeowEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that the stream holds and Postgres does not know: either Postgres was restored to an
 * earlier moment, and they were answered with success since, or somebody else has put them there.
 */
public final class UnknownEvents {

  /** What is done with those that Meower itself can have stored. */
  public enum Policy {
    /** Postgres takes them in. */
    IMPORT,
    /** They stay in the stream and are counted as foreign. */
    KEEP
  }

  private static final Logger log = LoggerFactory.getLogger(UnknownEvents.class);

  private final EventImport events;
  private final Policy policy;
  private final StreamStatus status;

  public UnknownEvents(EventImport events, Policy policy, StreamStatus status) {
    this.events = events;
    this.policy = policy;
    this.status = status;
  }

  /** Has Postgres take in what it may; returns whether there are any that it does not. */
  boolean remain(List<FoundMessage> messages) {
    List<FoundMessage> unknown = unknown(messages);
    if (policy == Policy.KEEP) {
      return !unknown.isEmpty();
    }
    List<MeowEvent> ours = new ArrayList<>();
    for (FoundMessage message : unknown) {
      message.event().filter(event -> isOurs(message, event)).ifPresent(ours::add);
    }
    if (!ours.isEmpty()) {
      events.store(ours);
      status.imported(ours.size());
      log.warn(
          "events={} state=imported first={} last={} consequence=\"Postgres was restored to an"
              + " earlier moment; Idempotency-Keys of the time since are forgotten\"",
          ours.size(),
          ours.getFirst().key(),
          ours.getLast().key());
    }
    return ours.size() < unknown.size();
  }

  /** What the relay publishes has the event's name as its message id. */
  private boolean isOurs(FoundMessage message, MeowEvent event) {
    return message.isNamed(event.key()) && events.isOurs(event);
  }

  private List<FoundMessage> unknown(List<FoundMessage> messages) {
    List<EventKey> keys = messages.stream().flatMap(m -> m.key().stream()).toList();
    if (keys.isEmpty()) {
      return List.of();
    }
    Set<EventKey> missing = events.missing(keys);
    return missing.isEmpty()
        ? List.of()
        : messages.stream()
            .filter(m -> m.key().map(missing::contains).orElse(false))
            .collect(Collectors.toList());
  }
}
