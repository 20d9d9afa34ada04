package meower.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import meower.bench.lab.Comparison;
import meower.bench.lab.Statistics;

/** Writes what was measured as a table, in Markdown. */
public final class Tables {

  private Tables() {}

  public static List<String> of(Comparison.Outcome outcome) {
    List<String> lines = new ArrayList<>();
    lines.add("### " + outcome.heading());
    lines.add("");
    lines.add("| | " + outcome.measure() + " (median) | least–most | ours is | further |");
    lines.add("| --- | --- | --- | --- | --- |");
    for (String contender : outcome.samples().keySet()) {
      Statistics figure = outcome.figure(contender, outcome.measure());
      lines.add(
          "| %s | %s | %s–%s | %s | %s |"
              .formatted(
                  contender,
                  number(figure.median()),
                  number(figure.least()),
                  number(figure.most()),
                  contender.equals(outcome.ours())
                      ? ""
                      : String.format(Locale.ROOT, "%.2f ×", outcome.ratio(contender)),
                  further(outcome, contender)));
    }
    lines.add("");
    return lines;
  }

  private static String further(Comparison.Outcome outcome, String contender) {
    return outcome.figures(contender).stream()
        .skip(1)
        .map(name -> name + " " + number(outcome.figure(contender, name).median()))
        .reduce((all, next) -> all + ", " + next)
        .orElse("");
  }

  /** Three digits that mean something. */
  static String number(double value) {
    if (Math.abs(value) >= 100) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, Math.abs(value) >= 10 ? "%.1f" : "%.2f", value);
  }
}
