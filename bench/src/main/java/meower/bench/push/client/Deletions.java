package meower.bench.push.client;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;

/**
 * How long deletions take from their acknowledgement to the browsers. One thread reads what
 * arrives, others may delete.
 */
public final class Deletions {

  private static final int ID = "{\"kind\":5,\"id\":\"".length();
  private static final int ID_LENGTH = 27;
  private static final long LONGEST_MICROS = 60_000_000;

  private final Map<String, Deletion> byId = new ConcurrentHashMap<>();

  /** Of one meow: when each browser was told, in {@link System#nanoTime()} of this process. */
  private static final class Deletion {

    private final long[] arrivals;
    private final AtomicInteger count = new AtomicInteger();
    private volatile long acknowledged;

    private Deletion(int browsers) {
      arrivals = new long[browsers];
    }
  }

  /** Says that a meow is about to be deleted while so many browsers are there. */
  public void expect(String id, int browsers) {
    byId.put(id, new Deletion(browsers));
  }

  /** Says that a deletion was answered with 204 just now. */
  public void acknowledged(String id) {
    Objects.requireNonNull(byId.get(id)).acknowledged = System.nanoTime();
  }

  void arrived(byte[] bytes, int frame) {
    String id = new String(bytes, frame + ID, ID_LENGTH, StandardCharsets.US_ASCII);
    Deletion deletion = byId.get(id);
    if (deletion == null) {
      throw new IllegalStateException("nobody has deleted " + id);
    }
    int place = deletion.count.get();
    if (place == deletion.arrivals.length) {
      throw new IllegalStateException("one browser was told twice that " + id + " is gone");
    }
    deletion.arrivals[place] = System.nanoTime();
    deletion.count.set(place + 1);
  }

  /** Whether every browser has been told of all of them. */
  public boolean haveArrived() {
    return byId.values().stream().allMatch(one -> one.count.get() == one.arrivals.length);
  }

  public int count() {
    return byId.size();
  }

  /** Returns how late each arrival was, in microseconds: 0 for what came before the 204. */
  public Histogram micros() {
    Histogram micros = new Histogram(LONGEST_MICROS, 3);
    for (Deletion deletion : byId.values()) {
      for (int i = 0; i < deletion.count.get(); i++) {
        long late = (deletion.arrivals[i] - deletion.acknowledged) / 1_000;
        micros.recordValue(Math.clamp(late, 0, LONGEST_MICROS));
      }
    }
    return micros;
  }
}
