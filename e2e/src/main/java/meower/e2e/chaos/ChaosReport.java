package meower.e2e.chaos;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import meower.e2e.chaos.fault.FaultKind;
import meower.e2e.chaos.fault.Strike;
import meower.e2e.chaos.history.Violation;
import meower.e2e.chaos.program.checker.ProgramChecker;
import meower.e2e.chaos.remains.Remains;

/** What came of a run, in words and numbers. */
record ChaosReport(
    ChaosOptions options,
    List<Strike> strikes,
    List<Violation> violations,
    List<FaultKind> unavailable,
    Counts counts,
    ProgramChecker.Counts programs,
    List<Remains> remains) {

  /** Violations of each kind. */
  private static final int SHOWN = 20;

  /**
   * @param posted texts that were sent at least once
   * @param edited posts with an edit that was acknowledged
   * @param deleted posts whose deletion was acknowledged
   * @param meows in the timeline at the end
   * @param failures requests that were answered with an error, or not at all
   */
  record Counts(
      int posted, long acknowledged, long edited, long deleted, int meows, int failures) {}

  private record Row(int struck, Duration worst, long violations) {}

  boolean isClean() {
    return violations.isEmpty();
  }

  List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add("");
    lines.add("| fault | struck | worst recovery | violations |");
    lines.add("| --- | ---: | ---: | ---: |");
    rows().forEach((name, row) -> lines.add(line(name, row)));
    unavailable.forEach(kind -> lines.add("| " + kind + " | not available here | | |"));
    lines.add("");
    lines.add(
        "posted %d, acknowledged %d, edited %d, deleted %d, in the timeline %d, failed requests %d"
            .formatted(
                counts.posted(),
                counts.acknowledged(),
                counts.edited(),
                counts.deleted(),
                counts.meows(),
                counts.failures()));
    lines.add("programs: " + programs);
    lines.add(
        "left of deleted texts: "
            + remains.stream().map(Remains::toString).collect(Collectors.joining(", ")));
    lines.add(summary());
    for (var kind : Violation.Kind.values()) {
      violations.stream()
          .filter(violation -> violation.kind() == kind)
          .limit(SHOWN)
          .forEach(violation ->
              lines.add("  %s %s: %s".formatted(clock(violation.at()), kind, violation.what())));
    }
    lines.add(
        "To repeat it: ./meower chaos --minutes %s --seed %d --instances %d%s"
            .formatted(
                minutes(),
                options.seed(),
                options.ports().instances(),
                options.ports().tls() ? " --tls" : ""));
    return lines;
  }

  private String minutes() {
    double minutes = options.time().toSeconds() / 60.0;
    return minutes == Math.rint(minutes) ? "" + (long) minutes : "%.2f".formatted(minutes);
  }

  /** Returns how many violations of each kind there are, in one line. */
  String summary() {
    var byKind = new TreeMap<Violation.Kind, Integer>();
    for (var kind : Violation.Kind.values()) {
      byKind.put(kind, 0);
    }
    violations.forEach(violation -> byKind.merge(violation.kind(), 1, Integer::sum));
    var words = new ArrayList<String>();
    byKind.forEach((kind, count) -> words.add(count + " " + kind));
    return String.join(", ", words);
  }

  private static String line(String name, Row row) {
    return "| %s | %d | %s | %d |"
        .formatted(
            name,
            row.struck(),
            row.worst().isZero() ? "" : "%.1f s".formatted(row.worst().toMillis() / 1000.0),
            row.violations());
  }

  private Map<String, Row> rows() {
    var rows = new TreeMap<String, Row>();
    for (var strike : strikes) {
      var worst = strike.alone() ? strike.recovery() : Duration.ZERO;
      rows.merge(strike.fault().toString(), new Row(1, worst, 0), ChaosReport::sum);
      if (!strike.alone()) {
        rows.merge("two at once", new Row(1, strike.recovery(), 0), ChaosReport::sum);
      }
    }
    for (var violation : violations) {
      rows.merge(faultBefore(violation), new Row(0, Duration.ZERO, 1), ChaosReport::sum);
    }
    return rows;
  }

  private static Row sum(Row one, Row other) {
    return new Row(
        one.struck() + other.struck(),
        one.worst().compareTo(other.worst()) > 0 ? one.worst() : other.worst(),
        one.violations() + other.violations());
  }

  /** Tells the time of day, as it stands in the logs. */
  private static LocalTime clock(long at) {
    return LocalTime.now(ZoneId.systemDefault())
        .minusNanos(System.nanoTime() - at)
        .truncatedTo(ChronoUnit.MILLIS);
  }

  /** The fault that had struck last when it happened. */
  private String faultBefore(Violation violation) {
    return strikes.stream()
        .filter(strike -> strike.began() <= violation.at())
        .max(Comparator.comparingLong(Strike::began))
        .map(strike -> strike.fault().toString())
        .orElse("(before the first)");
  }
}
