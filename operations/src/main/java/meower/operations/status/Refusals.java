package meower.operations.status;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import meower.operations.connection.OperationFailedException;

/**
 * What nginx has refused, as its logs have it: of those told to wait, which it can be asked to do
 * at any rate, one in a hundred.
 *
 * @param since from when on the logs have it
 * @param waits how many were told to wait, about, by the limit that they had reached; one that a
 *     service has of its own has no name
 * @param others how many were refused for what they asked
 */
record Refusals(Instant since, SortedMap<String, Long> waits, long others) {

  private static final Pattern LINE =
      Pattern.compile("\\{\"time\":\"([^\"]+)\".*,\"status\":(\\d+),\"limit\":\"([a-z]*)\",.*");
  private static final String TOLD_TO_WAIT = "429";
  private static final long ONE_IN = 100;

  /** As many as are kept beside the one that is written. */
  private static final int OLDER = 4;

  Refusals {
    waits = Collections.unmodifiableSortedMap(new TreeMap<>(waits));
  }

  /**
   * Reads what was refused.
   *
   * @param log the file that is written now
   */
  static Refusals read(Path log, Instant since) {
    Count count = new Count(since);
    Path oldest = older(log, OLDER);
    try {
      if (Files.exists(oldest)) {
        count.beginWith(oldest);
      }
      Stream<Path> files = IntStream.rangeClosed(0, OLDER).mapToObj(number -> older(log, number));
      for (Path file : files.filter(Files::exists).toList()) {
        count.add(file);
      }
    } catch (IOException e) {
      throw new OperationFailedException("The log " + log + " cannot be read", e);
    }
    return new Refusals(count.since, count.waits, count.others);
  }

  private static Path older(Path log, int number) {
    return number == 0 ? log : log.resolveSibling(log.getFileName() + "." + number);
  }

  private static final class Count {

    private final SortedMap<String, Long> waits = new TreeMap<>();
    private Instant since;
    private long others;

    Count(Instant since) {
      this.since = since;
    }

    /** What came before the first line of this file is gone. */
    void beginWith(Path file) throws IOException {
      try (Stream<String> lines = Files.lines(file, ISO_8859_1)) {
        Instant first =
            lines
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(Count::time)
                .findFirst()
                .orElse(since);
        since = first.isAfter(since) ? first : since;
      }
    }

    void add(Path file) throws IOException {
      if (Files.getLastModifiedTime(file).toInstant().isBefore(since)) {
        return;
      }
      try (BufferedReader lines = Files.newBufferedReader(file, ISO_8859_1)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          Matcher found = LINE.matcher(line);
          if (found.matches() && !time(found).isBefore(since)) {
            add(found.group(2), found.group(3));
          }
        }
      }
    }

    private void add(String status, String limit) {
      if (status.equals(TOLD_TO_WAIT) || !limit.isEmpty()) {
        waits.merge(limit, ONE_IN, Long::sum);
      } else {
        others++;
      }
    }

    private static Instant time(Matcher line) {
      return OffsetDateTime.parse(line.group(1)).toInstant();
    }
  }
}
