package meower.e2e.chaos.program.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What was reported, looked up, and said to be here. Safe for use by several threads. */
public final class PresenceHistory {

  /**
   * Ids that were reported. All times are {@link System#nanoTime()}.
   *
   * @param accepted whether the answer was 202
   */
  public record Report(Set<String> ids, long sentAt, long answeredAt, boolean accepted) {

    public Report {
      ids = Set.copyOf(ids);
    }
  }

  /**
   * The status API was asked.
   *
   * @param answeredAt when the whole answer was written
   */
  public record LookUp(String id, boolean online, long askedAt, long answeredAt) {}

  /** Somebody asked who is here. */
  public record Read(Set<String> ids, long sentAt, long answeredAt) {

    public Read {
      ids = Set.copyOf(ids);
    }
  }

  private final List<Report> reports = new ArrayList<>();
  private final List<LookUp> lookUps = new ArrayList<>();
  private final List<Read> reads = new ArrayList<>();

  public synchronized void add(Report report) {
    reports.add(report);
  }

  public synchronized void add(LookUp lookUp) {
    lookUps.add(lookUp);
  }

  public synchronized void add(Read read) {
    reads.add(read);
  }

  public synchronized List<Report> reports() {
    return List.copyOf(reports);
  }

  public synchronized List<LookUp> lookUps() {
    return List.copyOf(lookUps);
  }

  public synchronized List<Read> reads() {
    return List.copyOf(reads);
  }
}
