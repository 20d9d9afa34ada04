package meower.pusher.hub;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import meower.web.Client;

/**
 * Which clients there are. Each has its share for as long as it has a connection, and for a while
 * longer: whoever hangs up and comes again begins with nothing new.
 */
final class ClientShares {

  /** In which a share would fill up again that was emptied by hundreds at once. */
  static final Duration KEPT = Duration.ofSeconds(30);

  private final long replayRate;
  private final LongSupplier nanoTime;
  private final Map<Client, Holding> present = new HashMap<>();
  private final Map<Client, Holding> gone = new LinkedHashMap<>();

  private static final class Holding {

    final ClientShare share;
    int connections;
    long leftAt;

    Holding(ClientShare share) {
      this.share = share;
    }
  }

  /**
   * @param replayRate of each share, in bytes a second
   * @param nanoTime a clock like {@link System#nanoTime()}
   */
  ClientShares(long replayRate, LongSupplier nanoTime) {
    this.replayRate = replayRate;
    this.nanoTime = nanoTime;
  }

  /** Returns the share of a client with one more connection, which ends with {@link #leave}. */
  synchronized ClientShare join(Client client) {
    forget();
    Holding returning = gone.remove(client);
    if (returning != null) {
      present.put(client, returning);
    }
    Holding holding =
        present.computeIfAbsent(
            client, _ -> new Holding(new ClientShare(client, replayRate, nanoTime)));
    holding.connections++;
    return holding.share;
  }

  /** One of the connections has ended. */
  synchronized void leave(ClientShare share) {
    Client client = share.client();
    Holding holding = present.get(client);
    if (holding != null && --holding.connections == 0) {
      holding.leftAt = nanoTime.getAsLong();
      present.remove(client);
      gone.put(client, holding);
    }
  }

  /** Returns how many are known. */
  synchronized int size() {
    return present.size() + gone.size();
  }

  private void forget() {
    long now = nanoTime.getAsLong();
    var oldest = gone.values().iterator();
    while (oldest.hasNext() && now - oldest.next().leftAt >= KEPT.toNanos()) {
      oldest.remove();
    }
  }
}
