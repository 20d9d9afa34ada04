package meower.bench.searches;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import meower.bench.lab.Contender;
import meower.bench.lab.Sample;

/** What a meow costs that is compared with all the searches that stand, on one processor. */
public final class Matching implements Contender {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** The longest that a meow may be, as posted. */
  private static final int LONGEST = 140;

  private final String name;
  private final Matcher matcher;
  private final Duration time;
  private final Vocabulary vocabulary = new Vocabulary(2);

  /** Returns how Meower does it. */
  public static Matching standing(List<String> queries, Duration time) {
    return new Matching("Meower: standing searches", new StandingMatcher(queries), time);
  }

  /** Returns how one would do it with Lucene. */
  public static Matching memoryIndex(List<String> queries, Duration time) {
    return new Matching("Lucene: MemoryIndex", new MemoryIndexMatcher(queries), time);
  }

  private Matching(String name, Matcher matcher, Duration time) {
    this.name = name;
    this.matcher = matcher;
    this.time = time;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Sample measure() {
    long end = System.nanoTime() + time.toNanos();
    long used = 0;
    long found = 0;
    int meows = 0;
    while (System.nanoTime() < end) {
      String body = vocabulary.text(LONGEST);
      long began = THREADS.getCurrentThreadCpuTime();
      found += matcher.matching(body);
      used += THREADS.getCurrentThreadCpuTime() - began;
      meows++;
    }
    return Sample.of("µs a meow", used / 1e3 / meows).with("found a meow", (double) found / meows);
  }
}
