package meower.e2e.hostile.worst;

import java.util.Map;
import java.util.TreeMap;
import meower.e2e.hostile.wire.RawAnswer;

/** What came back at which door, and how often: a status, or the limit that was reached. */
final class Tally {

  private final Map<String, Integer> counts = new TreeMap<>();

  void add(String door, RawAnswer answer) {
    String limit = answer.header("ratelimit").replaceAll("\"(\\w+)\".*", "$1");
    add(door, limit.isEmpty() ? Integer.toString(answer.status()) : limit);
  }

  synchronized void add(String door, String outcome) {
    counts.merge(door + " " + outcome, 1, Integer::sum);
  }

  synchronized boolean has(String door, String outcome) {
    return counts.containsKey(door + " " + outcome);
  }

  @Override
  public synchronized String toString() {
    return counts.toString();
  }
}
