package meower.bench.relevance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** Writes results as tables, in Markdown. */
final class Report {

  private static final String HEAD =
      "| queries | recall | precision at 10 | MRR | violations |\n| --- | ---: | ---: | ---: | ---: | ---: |";

  private Report() {}

  /** Returns a table of the searches, a table of the kinds of queries for the first, its faults. */
  static List<String> of(List<Result> results) {
    Result ours = results.getFirst();
    List<String> lines = new ArrayList<>();
    lines.addAll(table("search", results.stream().map(r -> row(r.engine(), r)).toList()));
    lines.addAll(
        table(
            ours.engine(),
            ours.byKind().entrySet().stream()
                .map(kind -> row(kind.getKey(), kind.getValue()))
                .toList()));
    UnaryOperator<String> visible = line -> line.replaceAll("\\p{Cf}", "");
    ours.violations().stream().map(Violation::line).map(visible).forEach(lines::add);
    return lines;
  }

  private static List<String> table(String title, List<String> rows) {
    List<String> lines = new ArrayList<>();
    ("| " + title + " " + HEAD).lines().forEach(lines::add);
    lines.addAll(rows);
    lines.add("");
    return lines;
  }

  private static String row(String name, Result result) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.3f | %.3f | %.3f | %d |",
        name,
        result.scores().size(),
        result.recall(),
        result.precision(),
        result.meanReciprocalRank(),
        result.violations().size());
  }
}
