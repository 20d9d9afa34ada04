package meower.pusher;

import io.nats.client.Message;
import meower.schema.MalformedEventException;
import meower.schema.MeowCreated;
import meower.schema.MeowEventJson;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what the stream carries into what browsers get. */
final class EventFrames {

  private static final Logger log = LoggerFactory.getLogger(EventFrames.class);
  private static final int RECENT_IDS = 10_000;

  private final PusherMetrics metrics;
  private final RecentIds recentIds = new RecentIds(RECENT_IDS);

  EventFrames(PusherMetrics metrics) {
    this.metrics = metrics;
  }

  /** Returns the text for a message, nothing for one that no browser gets. */
  @Nullable String of(Message message, Position position) {
    try {
      return switch (MeowEventJson.decode(message.getSubject(), message.getData())) {
        case MeowCreated meow -> of(meow, position);
      };
    } catch (MalformedEventException e) {
      onSkipped(position, e);
      return null;
    }
  }

  /** Forgets which meows went by: a new life of the stream begins. */
  void startAnew() {
    recentIds.clear();
  }

  private @Nullable String of(MeowCreated meow, Position position) {
    if (recentIds.add(meow.id())) {
      return Frames.meow(meow, position);
    }
    metrics.repeated().increment();
    return null;
  }

  /** The indexer parks it where an operator sees it; here one line for all of them is enough. */
  private void onSkipped(Position position, MalformedEventException e) {
    if (metrics.skipped().count() == 0) {
      log.warn("position={} state=skipped reason=\"{}\"", position, e.getMessage());
    }
    metrics.skipped().increment();
  }
}
