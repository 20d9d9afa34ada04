package meower.program.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import meower.program.TestProgram;
import meower.standalone.demo.StatusApi;

/** What tests of presence have in common. The times are a tenth of the usual ones. */
final class Fixture {

  static final Duration SOON = Duration.ofSeconds(20);
  static final Duration POLL = Duration.ofMillis(50);

  private static final String[] FAST = {
    "--meower.outbound.allowed-networks=127.0.0.0/8",
    "--meower.queues.calls-per-second=100000",
    "--meower.presence.sweep-every=300ms",
    "--meower.presence.round-after-outage=1s"
  };

  private Fixture() {}

  static String[] settings(String... further) {
    return Stream.concat(Arrays.stream(FAST), Arrays.stream(further)).toArray(String[]::new);
  }

  /** A status API that answers soon. */
  static StatusApi quick() throws IOException {
    return new StatusApi(0, Duration.ofMillis(1), Duration.ofMillis(10));
  }

  static void define(TestProgram program, StatusApi status, String further) {
    HttpResponse<String> answer =
        program.send(
            "PUT",
            "/presence",
            "{\"status_url\":\"" + status.url() + "\"" + further + "}",
            "Content-Type",
            "application/json");
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
  }

  static HttpResponse<String> report(TestProgram program, String ids) {
    return program.postJson("/callback", "{\"object_ids\":[" + ids + "]}");
  }

  /** Returns the ids that are here. */
  static List<String> here(TestProgram program, String name) {
    HttpResponse<String> answer = program.get("/presence/" + name);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return StreamSupport.stream(TestProgram.json(answer).get("objects").spliterator(), false)
        .map(object -> object.get("id").stringValue())
        .toList();
  }
}
