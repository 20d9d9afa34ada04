package meower.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.stream.Collectors;
import meower.bench.lab.Statistics;

/** Draws how figures change as there is more of something: a line for each contender. */
final class Curves {

  private static final int LEFT = 90;
  private static final int TOP = 60;
  private static final int PLOT = 440;
  private static final int TALL = 220;
  private static final int WIDTH = 860;
  private static final int ROW = 22;
  private static final List<String> COLOURS =
      List.of("#c2410c", "#7c8798", "#2563eb", "#15803d", "#a21caf", "#a16207");

  private final Growth growth;
  private final List<Integer> sizes;
  private final double most;

  private Curves(Growth growth) {
    this.growth = growth;
    this.sizes = growth.sizes();
    this.most =
        growth.curves().values().stream()
            .flatMap(curve -> curve.values().stream())
            .mapToDouble(Statistics::median)
            .max()
            .orElse(1);
  }

  /** The sizes stand in equal steps, the figures begin at 0. */
  static String svg(Growth growth) {
    return new Curves(growth).svg();
  }

  private String svg() {
    StringBuilder svg = new StringBuilder(head());
    for (int size : sizes) {
      svg.append(text(x(size), TOP + TALL + 20, "middle", String.format(Locale.ROOT, "%,d", size)));
    }
    svg.append(text(LEFT - 8, TOP + 5, "end", Tables.number(most)));
    svg.append(text(LEFT - 8, TOP + TALL + 5, "end", "0"));
    int number = 0;
    for (Map.Entry<String, NavigableMap<Integer, Statistics>> curve : growth.curves().entrySet()) {
      svg.append(line(curve.getKey(), curve.getValue(), number++));
    }
    return svg.append("</svg>\n").toString();
  }

  private String head() {
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="14" fill="#7c8798" role="img">
    <title>%s</title>
    <text x="10" y="22" font-size="16" font-weight="bold">%s</text>
    <text x="10" y="42">%s by %s, median</text>
    <path d="M%d %dV%dH%d" fill="none" stroke="#7c8798"/>
    """
        .formatted(
            WIDTH,
            TOP + TALL + 34,
            Charts.escaped(growth.title()),
            Charts.escaped(growth.title()),
            Charts.escaped(growth.measure()),
            Charts.escaped(growth.unit()),
            LEFT,
            TOP,
            TOP + TALL,
            LEFT + PLOT);
  }

  private String line(String name, NavigableMap<Integer, Statistics> curve, int number) {
    String colour = COLOURS.get(number % COLOURS.size());
    String points =
        curve.entrySet().stream()
            .map(point -> point(point.getKey(), point.getValue().median()))
            .collect(Collectors.joining(" "));
    int y = TOP + 10 + number * ROW;
    return "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2.5\"/>%n"
            .formatted(points, colour)
        + "<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"4\" fill=\"%s\"/>%n"
            .formatted(LEFT + PLOT + 20, y - 6, colour)
        + text(LEFT + PLOT + 40, y, "start", name);
  }

  private String point(int size, double figure) {
    return String.format(
        Locale.ROOT, "%.1f,%.1f", x(size), TOP + TALL - TALL * figure / Math.max(most, 1e-9));
  }

  private double x(int size) {
    int steps = Math.max(1, sizes.size() - 1);
    return LEFT + 30 + (PLOT - 60) * (double) sizes.indexOf(size) / steps;
  }

  private static String text(double x, double y, String anchor, String text) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
        x,
        y,
        anchor,
        Charts.escaped(text));
  }
}
