package meower.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import meower.bench.lab.Comparison;
import meower.bench.lab.Statistics;

/** Draws a comparison as bars: the median of each contender, and a line from least to most. */
public final class Charts {

  private static final int LEFT = 330;
  private static final int BARS = 420;
  private static final int WIDTH = 860;
  private static final int ROW = 30;
  private static final int HEAD = 56;
  private static final String OURS = "#c2410c";
  private static final String OTHERS = "#7c8798";

  private Charts() {}

  /** Writes a file for each comparison, and for those at several scales; the titles name them. */
  public static void write(List<Comparison.Outcome> outcomes, Path folder) throws IOException {
    Files.createDirectories(folder);
    for (Comparison.Outcome outcome : outcomes) {
      Files.writeString(folder.resolve(file("bench-" + outcome.heading())), svg(outcome));
    }
    for (Growth growth : Growth.of(outcomes)) {
      Files.writeString(folder.resolve(file("growth-" + growth.title())), Curves.svg(growth));
    }
  }

  private static String file(String title) {
    return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".svg";
  }

  /** The colours are readable on a light and on a dark page. */
  static String svg(Comparison.Outcome outcome) {
    double most =
        outcome.samples().keySet().stream()
            .mapToDouble(contender -> outcome.figure(contender, outcome.measure()).most())
            .max()
            .orElse(1);
    StringBuilder svg = new StringBuilder();
    int height = HEAD + ROW * outcome.samples().size() + 10;
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="14" fill="#7c8798" role="img">
        <title>%s</title>
        <text x="10" y="22" font-size="16" font-weight="bold">%s</text>
        <text x="10" y="42">%s, median; the line is from least to most</text>
        """
            .formatted(
                WIDTH,
                height,
                escaped(outcome.heading()),
                escaped(outcome.heading()),
                escaped(outcome.measure())));
    int y = HEAD;
    for (String contender : outcome.samples().keySet()) {
      Statistics figure = outcome.figure(contender, outcome.measure());
      svg.append(bar(contender, figure, y, most, contender.startsWith("Meower")));
      y += ROW;
    }
    return svg.append("</svg>\n").toString();
  }

  private static String bar(String name, Statistics figure, int y, double most, boolean ours) {
    double scale = BARS / Math.max(most, Double.MIN_NORMAL);
    int middle = y + 12;
    return String.format(
        Locale.ROOT,
        """
        <text x="%d" y="%d" text-anchor="end">%s</text>
        <rect x="%d" y="%d" width="%.1f" height="18" rx="2" fill="%s"/>
        <line x1="%.1f" x2="%.1f" y1="%d" y2="%d" stroke="#1f2937" stroke-width="2"/>
        <text x="%.1f" y="%d">%s</text>
        """,
        LEFT - 10,
        middle + 5,
        escaped(name),
        LEFT,
        y + 3,
        figure.median() * scale,
        ours ? OURS : OTHERS,
        LEFT + figure.least() * scale,
        LEFT + figure.most() * scale,
        middle,
        middle,
        LEFT + figure.most() * scale + 8,
        middle + 5,
        Tables.number(figure.median()));
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
