package meower.standalone.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import meower.standalone.stack.Part;
import org.junit.jupiter.api.Test;

class LineFilterTests {
  @Test
  void showsWhatAServerComplainsAboutAndNothingElse() {
    assertShown(Part.POSTGRES, "2026-01-01 12:00:00 UTC [9] ERROR:  relation \"x\" does not exist");
    assertHidden(Part.POSTGRES, "2026-01-01 12:00:00 UTC [9] LOG:  database system is ready");
    assertShown(Part.NATS, "[9] 2026/01/01 12:00:00.000000 [WRN] slow consumer");
    assertHidden(Part.NATS, "[9] 2026/01/01 12:00:00.000000 [INF] Server is ready");
    assertShown(Part.ELASTICSEARCH, "[2026-01-01T12:00:00,000][ERROR][o.e.b.Bootstrap] no space");
    assertHidden(Part.ELASTICSEARCH, "[2026-01-01T12:00:00,000][WARN ][o.e.b.Check] few files");
    assertShown(Part.NGINX, "2026/01/01 12:00:00 [error] 9#9: *1 connect() failed");
    assertHidden(Part.NGINX, "2026/01/01 12:00:00 [notice] 9#9: start worker processes");
  }

  @Test
  void showsAllThatAServiceSays() {
    assertShown(Part.COMMAND, "12:00:00.000 INFO  Relay: started");
    assertHidden(Part.COMMAND, " ");
  }

  private static void assertShown(Part part, String line) {
    assertThat(LineFilter.of(part)).accepts(line);
  }

  private static void assertHidden(Part part, String line) {
    assertThat(LineFilter.of(part)).rejects(line);
  }
}
