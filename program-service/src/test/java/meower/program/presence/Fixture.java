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
public final class Fixture {

  static final Duration SOON = Duration.ofSeconds(20);
  static final Duration POLL = Duration.ofMillis(50);

  private static final String[] FAST = {
    "--meower.outbound.allowed-networks=127.0.0.0/8",
    "--meower.queues.calls-per-second=100000",
    "--meower.presence.sweep-every=300ms",
    "--meower.presence.round-after-outage=1s"
  };

  private Fixture() {}

  /** Fast ones, unless a test has its own. */
  public static String[] settings(String... further) {
    Stream<String> usual =
        Arrays.stream(FAST)
            .filter(setting -> Arrays.stream(further).noneMatch(own -> isOfSameName(own, setting)));
    return Stream.concat(usual, Arrays.stream(further)).toArray(String[]::new);
  }

  private static boolean isOfSameName(String one, String other) {
    return one.substring(0, one.indexOf('=')).equals(other.substring(0, other.indexOf('=')));
  }

  /** A status API that answers soon. */
  public static StatusApi quick() throws IOException {
    return new StatusApi(0, Duration.ofMillis(1), Duration.ofMillis(10));
  }

  public static void define(TestProgram program, StatusApi status, String further) {
    HttpResponse<String> answer =
        program.send(
            "PUT",
            "/presence",
            "{\"status_url\":\"" + status.url() + "\"" + further + "}",
            "Content-Type",
            "application/json");
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
  }

  public static HttpResponse<String> report(TestProgram program, String ids) {
    return program.postJson("/callback", "{\"object_ids\":[" + ids + "]}");
  }

  /** Returns the ids that are here. */
  public static List<String> here(TestProgram program, String name) {
    HttpResponse<String> answer = program.get("/presence/" + name);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return StreamSupport.stream(TestProgram.json(answer).get("objects").spliterator(), false)
        .map(object -> object.get("id").stringValue())
        .toList();
  }
}
