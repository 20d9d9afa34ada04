package meower.pusher.hub;

import java.util.function.LongSupplier;
import meower.pusher.feed.PastShare;
import meower.web.Client;

/** What all connections of one client get together, and what they send. */
final class ClientShare {

  /** As many as five hundred browsers send that have just begun to follow twenty topics each. */
  static final int MOST_FRAMES = 10_000;

  /** Whoever has sent no more than that has no part in it when all together are too many. */
  static final int FEW_FRAMES = 20;

  private final Client client;
  private final PastShare past;
  private final Flood flood;
  private final LongSupplier nanoTime;
  private long received;
  private volatile long calmAt;

  /**
   * @param client whose it is
   * @param replayRate in bytes a second
   * @param nanoTime a clock like {@link System#nanoTime()}
   */
  ClientShare(Client client, long replayRate, LongSupplier nanoTime) {
    this.client = client;
    this.past = new PastShare(replayRate, nanoTime);
    this.flood = new Flood(MOST_FRAMES, nanoTime);
    this.nanoTime = nanoTime;
    this.calmAt = nanoTime.getAsLong();
  }

  Client client() {
    return client;
  }

  PastShare past() {
    return past;
  }

  /**
   * One of the connections has received more frames. Belongs to one thread.
   *
   * @return whether those of all of them together are too many
   */
  boolean receive(long more) {
    received += more;
    boolean tooMany = flood.isAt(received);
    if (tooMany) {
      calmAt = nanoTime.getAsLong() + Flood.PERIOD.toNanos();
    }
    return tooMany;
  }

  /** Tells whether too many have come lately, so that no further connection is let in. */
  boolean isFlooding() {
    return nanoTime.getAsLong() - calmAt < 0;
  }
}
