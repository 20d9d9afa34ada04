package meower.bench.lab;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Measures contenders in turn, so that what else the machine does falls on all of them. */
public final class Comparison {

  private static final int MOST_FOR_WARMTH = 10;

  /** A change of that part is none. */
  private static final double SAME = 0.07;

  private final String title;
  private final Optional<Scale> scale;
  private final List<Contender> contenders;
  private final int rounds;

  /**
   * @param contenders the first one is ours
   */
  Comparison(String title, Optional<Scale> scale, List<Contender> contenders, int rounds) {
    this.title = title;
    this.scale = scale;
    this.contenders = List.copyOf(contenders);
    this.rounds = rounds;
  }

  /** Warms everybody up, which does not count, and then measures as often as wanted. */
  public Outcome run(Consumer<String> log) throws Exception {
    for (Contender contender : contenders) {
      warmUp(contender, log);
    }
    Map<String, List<Sample>> samples = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (Contender contender : contenders) {
        Sample sample = contender.measure();
        log.accept("%s, round %d, %s: %s".formatted(title, round, contender.name(), sample));
        samples.computeIfAbsent(contender.name(), _ -> new ArrayList<>()).add(sample);
      }
    }
    return new Outcome(title, scale, samples);
  }

  /**
   * A virtual machine goes on compiling for a while: until the figure has no direction any more.
   */
  private void warmUp(Contender contender, Consumer<String> log) throws Exception {
    double former = contender.measure().first();
    double formerChange = 0;
    for (int i = 1; i < MOST_FOR_WARMTH; i++) {
      double now = contender.measure().first();
      log.accept("%s, warming up %s: %.1f".formatted(title, contender.name(), now));
      double change = now - former;
      if (Math.abs(change) <= SAME * former || change * formerChange < 0) {
        return;
      }
      former = now;
      formerChange = change;
    }
  }

  /**
   * What was measured.
   *
   * @param scale with how much there, where that matters
   * @param samples by contender, ours first
   */
  public record Outcome(String title, Optional<Scale> scale, Map<String, List<Sample>> samples) {

    /** Returns the title with the scale. */
    public String heading() {
      return title + scale.map(size -> ", " + size).orElse("");
    }

    /** Returns a figure of a contender over all rounds. */
    public Statistics figure(String contender, String name) {
      return Statistics.of(
          samples.getOrDefault(contender, List.of()).stream()
              .map(sample -> sample.figures().get(name))
              .toList());
    }

    public String ours() {
      return samples.keySet().iterator().next();
    }

    /** Returns by which figure the contenders are compared. */
    public String measure() {
      return figures(ours()).getFirst();
    }

    /** Returns how many times as much as the contender we have. */
    public double ratio(String contender) {
      return figure(ours(), measure()).median() / figure(contender, measure()).median();
    }

    public List<String> figures(String contender) {
      return List.copyOf(samples.getOrDefault(contender, List.of()).getFirst().figures().keySet());
    }
  }
}
