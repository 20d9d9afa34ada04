package meower.e2e.typed;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import meower.standalone.stack.ProjectLayout;

/** The table of the README with the lines that people paste. */
public final class PastedLines {

  private static final String HEAD = "| you want | paste |";
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern ROW = Pattern.compile("\\| (.*?) \\| (.*) \\|");

  private final Map<String, List<String>> rows;

  private PastedLines(Map<String, List<String>> rows) {
    this.rows = rows;
  }

  /** Reads them. */
  public static PastedLines read() throws IOException {
    List<String> readme = Files.readAllLines(ProjectLayout.find().root().resolve("README.md"));
    Map<String, List<String>> rows =
        readme.stream()
            .skip(readme.indexOf(HEAD) + 2L)
            .takeWhile(line -> line.startsWith("|"))
            .map(line -> ROW.matcher(line).results().findFirst().orElseThrow())
            .collect(
                Collectors.toMap(
                    row -> row.group(1),
                    PastedLines::code,
                    (one, _) -> {
                      throw new IllegalStateException("two rows for " + one);
                    },
                    LinkedHashMap::new));
    return new PastedLines(rows);
  }

  private static List<String> code(MatchResult row) {
    return CODE.matcher(row.group(2)).results().map(code -> code.group(1)).toList();
  }

  /**
   * Returns what stands in the row about something: lines for a shell, and what is typed
   * afterwards.
   *
   * @param wanted how the row begins
   */
  public List<String> about(String wanted) {
    List<String> found = new ArrayList<>();
    rows.forEach((row, lines) -> {
      if (row.startsWith(wanted)) {
        found.addAll(lines);
      }
    });
    if (found.isEmpty()) {
      throw new IllegalArgumentException("the README has no row that begins with " + wanted);
    }
    return found;
  }

  /** Returns what people may want, in its order. */
  List<String> wanted() {
    return List.copyOf(rows.keySet());
  }
}
