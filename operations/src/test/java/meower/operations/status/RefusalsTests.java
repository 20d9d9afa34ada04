package meower.operations.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalsTests {

  private static final Instant SINCE = Instant.parse("2026-11-29T17:00:00Z");

  @TempDir private Path folder;

  @Test
  void countsWhatWasRefusedSince() throws IOException {
    write(
        "refused.log.1",
        line("2026-11-29T17:59:59+01:00", 404, "", "/long-ago"),
        line("2026-11-29T18:00:00+01:00", 404, "", "/nothing"));
    write(
        "refused.log",
        line("2026-11-29T17:00:01+00:00", 429, "posts", "/meows"),
        line("2026-11-29T17:00:02+00:00", 429, "posts", "/meows"),
        line("2026-11-29T17:00:03+00:00", 429, "", "/queues/q/fetch"),
        line("2026-11-29T17:00:04+00:00", 200, "arrivals", "/events"),
        line(
            "2026-11-29T17:00:05+00:00",
            403,
            "",
            "/a\\\",\\\"status\\\":429,\\\"limit\\\":\\\"x\\\""),
        "{\"time\":\"2026-11-29T17:00:05+00:00\",\"request_id\":");

    Refusals refusals = read();

    assertThat(refusals.since()).isEqualTo(SINCE);
    assertThat(refusals.others()).isEqualTo(2);
    assertThat(refusals.waits())
        .containsExactly(entry("", 100L), entry("arrivals", 100L), entry("posts", 200L));
  }

  /** After a flood the logs do not go back so far. */
  @Test
  void saysFromWhenOnItKnows() throws IOException {
    write("refused.log.4", line("2026-11-29T17:30:00+00:00", 404, "", "/"));
    write("refused.log", line("2026-11-29T17:40:00+00:00", 404, "", "/"));

    Refusals refusals = read();

    assertThat(refusals.since()).isEqualTo(Instant.parse("2026-11-29T17:30:00Z"));
    assertThat(refusals.others()).isEqualTo(2);
  }

  @Test
  void knowsOfNothingWhereNobodyWasRefused() {
    assertThat(read()).isEqualTo(new Refusals(SINCE, new TreeMap<>(), 0));
  }

  private Refusals read() {
    return Refusals.read(folder.resolve("refused.log"), SINCE);
  }

  private void write(String file, String... lines) throws IOException {
    Files.write(folder.resolve(file), List.of(lines));
  }

  private static String line(String time, int status, String limit, String path) {
    return "{\"time\":\"%s\",\"request_id\":\"0\",\"client\":\"::1\",\"method\":\"GET\",\"path\":\"%s\",\"status\":%d,\"limit\":\"%s\",\"bytes\":9}"
        .formatted(time, path, status, limit);
  }
}
