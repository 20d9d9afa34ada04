package meower.e2e.hostile.worst;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What somebody got in a stretch of time: how often, and how long each took. */
final class Window {

  private final Map<String, List<Long>> nanos = new TreeMap<>();
  private final long began = System.nanoTime();
  private long ended;

  synchronized void add(String what, long took) {
    nanos.computeIfAbsent(what, _ -> new ArrayList<>()).add(took);
  }

  synchronized void end() {
    ended = System.nanoTime();
  }

  /** Each kind with its rate and slowest hundredth here, and both as parts of those elsewhere. */
  synchronized String comparedWith(Window other) {
    StringBuilder text = new StringBuilder();
    for (String what : nanos.keySet()) {
      text.append(
          "%-8s %5.1f/s (%3.0f %%)   p99 %4d ms (x %.1f)%n"
              .formatted(
                  what,
                  perSecond(what),
                  100 * perSecond(what) / other.perSecond(what),
                  slowest(what).toMillis(),
                  (double) slowest(what).toNanos() / other.slowest(what).toNanos()));
    }
    return text.toString();
  }

  private synchronized double perSecond(String what) {
    return nanos.getOrDefault(what, List.of()).size() * 1e9 / (ended - began);
  }

  private synchronized Duration slowest(String what) {
    List<Long> sorted = nanos.getOrDefault(what, List.of()).stream().sorted().toList();
    return sorted.isEmpty()
        ? Duration.ZERO
        : Duration.ofNanos(sorted.get(sorted.size() * 99 / 100));
  }
}
