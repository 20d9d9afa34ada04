package meower.e2e.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Connection;
import io.nats.client.impl.Headers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import meower.e2e.Api;
import meower.e2e.RunningMeower;
import meower.e2e.operators.OperatorCommand.Result;
import meower.operations.connection.ExitStatus;
import meower.query.model.FindRequest;
import meower.schema.DeadLetterStream;
import meower.schema.MeowStream;
import meower.schema.Position;
import meower.schema.SightingStream;
import meower.standalone.stack.Part;
import org.junit.jupiter.api.Test;

/** The commands for whoever runs Meower, as processes of their own against the running stack. */
class OperatorCommandsIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String UNKNOWN = "3G12Ptjdq1Yd5cJrsHFtjZdYqGU";
  private static final Pattern INDEX =
      Pattern.compile("(meows-\\S+) is read\\. ([\\d,]+) meows\\.");

  private final RunningMeower meower = RunningMeower.get();
  private final Api api = new Api(meower.url());

  @Test
  void deadLettersAreListedShownTriedAgainAndDiscarded() throws Exception {
    String position = publish("no event\u001b at all");
    long number = await().atMost(SOON).until(() -> letterAt(position), found -> found > 0);
    api.post("behind the poison");

    Result list = meower("dead-letters", "list");
    Result show = meower("dead-letters", "show", "" + number);
    Result requeue = meower("dead-letters", "requeue", "" + number);
    Result discard = meower("dead-letters", "discard", "" + number);
    Result again = meower("dead-letters", "discard", "" + number);

    assertThat(list.status()).isEqualTo(ExitStatus.FOUND);
    assertThat(show.status()).isEqualTo(ExitStatus.FINE);
    assertThat(show.output()).contains(position, "no event\\u{1B} at all", "Reason: ");
    assertThat(requeue.status()).isEqualTo(ExitStatus.FOUND);
    assertThat(requeue.output()).contains(number + ": stays parked: ");
    assertThat(discard).isEqualTo(new Result(ExitStatus.FINE, number + ": discarded\n"));
    assertThat(again.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(again.output()).contains("There is no dead letter " + number);
    assertThat(letterAt(position)).isZero();
    await().atMost(SOON).until(() -> api.search("poison").size() == 1);
    assertThat(meower("audit", "--repair").status()).isEqualTo(ExitStatus.FINE);
  }

  @Test
  void objectsThatCouldNotBeLookedUpAreListedShownAndDiscarded() throws Exception {
    String object = "van\u009b7";
    String position = parkSighting(object);
    long number = await().atMost(SOON).until(() -> letterAt(position), found -> found > 0);

    Result list = meower("dead-letters", "list");
    Result show = meower("dead-letters", "show", "" + number);
    Result requeue = meower("dead-letters", "requeue", "" + number);
    Result all = meower("dead-letters", "requeue", "--all");

    assertThat(list.status()).isEqualTo(ExitStatus.FOUND);
    assertThat(list.output()).contains(position + "  look-up for tester failed: answered 503");
    assertThat(show.status()).isEqualTo(ExitStatus.FINE);
    assertThat(show.output())
        .contains("Consumer: look-ups", "Reason: look-up for tester failed", "van\\u{9B}7");
    assertThat(requeue.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(requeue.output()).contains("It is a sighting", "Discard it.");
    assertThat(all.status()).isEqualTo(ExitStatus.FOUND);
    assertThat(all.output()).contains(number + ": stays parked: It is a sighting");
    assertThat(letterAt(position)).isEqualTo(number);
    // No meow is parked because of it.
    assertThat(meower("audit").status()).isEqualTo(ExitStatus.FINE);
    assertThat(meower("dead-letters", "discard", "" + number))
        .isEqualTo(new Result(ExitStatus.FINE, number + ": discarded\n"));
    assertThat(letterAt(position)).isZero();
  }

  @Test
  void rebuildIndexReplacesTheIndexWhileItIsRead() throws Exception {
    for (int i = 0; i < 20; i++) {
      api.post("rebuilt " + i);
    }
    await().atMost(SOON).until(() -> api.search("rebuilt").size() == 20);
    List<Api.Meow> before = api.timeline(500);
    MatchResult old = index(meower("rebuild-index", "--status"));

    Result rebuilt = meower("rebuild-index");

    assertThat(rebuilt.status()).as(rebuilt.output()).isEqualTo(ExitStatus.FINE);
    assertThat(index(rebuilt).group(1)).isNotEqualTo(old.group(1));
    assertThat(index(rebuilt).group(2)).isEqualTo(old.group(2));
    assertThat(api.timeline(500)).isEqualTo(before);
  }

  @Test
  void statusSaysHowManyMeowsAreWhere() throws Exception {
    // It returns when what was posted before has arrived everywhere.
    assertThat(meower("audit", "--repair").status()).isEqualTo(ExitStatus.FINE);
    Result status = meower("status");

    assertThat(status.status()).as(status.output()).isEqualTo(ExitStatus.FINE);
    for (String line :
        List.of(
            "meows in Postgres",
            "deleted meows",
            "events in Postgres",
            "waiting in the outbox",
            "waiting to be erased",
            "messages in the stream",
            "dead letters",
            "meows in the index")) {
      assertThat(status.output()).containsPattern(line + " +[\\d,]+\\R");
    }
    String posted = "status" + System.nanoTime();
    HttpResponse<String> meow = api.post(posted);
    await().atMost(SOON).until(() -> api.search(posted).size() == 1);
    Result after = meower("status");
    for (String line :
        List.of(
            "meows in Postgres",
            "events in Postgres",
            "messages in the stream",
            "meows in the index")) {
      assertThat(count(after, line)).as(line).isEqualTo(count(status, line) + 1);
    }
    assertThat(count(after, "deleted meows")).isEqualTo(count(status, "deleted meows"));
    delete(meow);
    await().atMost(SOON).untilAsserted(() -> assertThat(api.search(posted)).isEmpty());
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(count(meower("status"), "messages in the stream"))
                .isEqualTo(count(after, "messages in the stream")));
    Result deleted = meower("status");
    for (String line : List.of("meows in Postgres", "meows in the index")) {
      assertThat(count(deleted, line)).as(line).isEqualTo(count(status, line));
    }
    assertThat(count(deleted, "deleted meows")).isEqualTo(count(status, "deleted meows") + 1);
    assertThat(count(deleted, "events in Postgres"))
        .isEqualTo(count(status, "events in Postgres") + 2);
    assertThat(count(deleted, "waiting to be erased")).isZero();
  }

  @Test
  void statusShowsTheRestWhileAnOwnerIsAway() throws Exception {
    try {
      meower.stack().stop(Part.COMMAND);
      Result withoutOne = meower("status");
      meower.stack().stop(Part.QUERY);
      Result withoutBoth = meower("status");

      assertThat(withoutOne.status()).isEqualTo(ExitStatus.FAILED);
      assertThat(withoutOne.output())
          .containsPattern("meows in Postgres +\\?\\R")
          .containsPattern("meows in the index +[\\d,]+\\R")
          .contains("meower: The command-service does not answer. Start it")
          .doesNotContain("query-service", "Exception");
      assertThat(withoutBoth.status()).isEqualTo(ExitStatus.FAILED);
      assertThat(withoutBoth.output())
          .containsPattern("messages in the stream +[\\d,]+\\R")
          .containsPattern("meows in the index +\\?\\R")
          .contains("The command-service does not answer", "The query-service does not answer");
    } finally {
      meower.restore();
    }
  }

  @Test
  void statusSaysHowManyWereRefused() throws Exception {
    assertThat(api.get("/nothing-" + System.nanoTime()).statusCode()).isEqualTo(404);
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(OperatorCommand.run(meower.data(), "status").output())
                .containsPattern("refused since [\\d:]+ +[1-9][\\d,]*\\R")
                .containsPattern("told to wait +~[\\d,]+\\R"));
  }

  private void delete(HttpResponse<String> posted) throws Exception {
    String undo = posted.headers().firstValue("Meower-Undo").orElseThrow();
    String path = "/meows/" + Api.json(posted).get("id").stringValue();
    assertThat(api.send(api.request(path).header("Meower-Undo", undo).DELETE()).statusCode())
        .isEqualTo(204);
  }

  private static long count(Result status, String line) {
    return Pattern.compile(line + " +([\\d,]+)\\R")
        .matcher(status.output())
        .results()
        .mapToLong(found -> Long.parseLong(found.group(1).replace(",", "")))
        .findFirst()
        .orElseThrow();
  }

  private static MatchResult index(Result result) {
    return INDEX
        .matcher(result.output())
        .results()
        .findFirst()
        .orElseThrow(() -> new AssertionError(result.output()));
  }

  /** Returns the number of the letter that was parked for a position, or 0. */
  private long letterAt(String position) throws Exception {
    return meower("dead-letters", "list")
        .output()
        .lines()
        .filter(line -> line.contains(position + "  "))
        .map(String::strip)
        .map(line -> Long.parseLong(line.substring(0, line.indexOf(' '))))
        .findFirst()
        .orElse(0L);
  }

  /** Puts something into the stream and returns how its position ends. */
  private String publish(String payload) throws Exception {
    Connection nats = meower.access().nats(Part.COMMAND);
    try {
      return "-"
          + nats.jetStream()
              .publish(MeowStream.CREATED, payload.getBytes(StandardCharsets.UTF_8))
              .getSeqno();
    } finally {
      nats.close();
    }
  }

  /**
   * Parks a sighting of a program, with what the program service may do and as it does it; returns
   * its position.
   */
  private String parkSighting(String object) throws Exception {
    Position position = new Position("sightings", System.nanoTime() % 1_000_000_000);
    String token =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(object.getBytes(StandardCharsets.UTF_8));
    Headers headers = new Headers();
    headers.put(DeadLetterStream.CONSUMER, DeadLetterStream.LOOK_UPS);
    headers.put(DeadLetterStream.POSITION, position.toString());
    headers.put(DeadLetterStream.REASON, "look-up for tester failed: answered 503");
    Connection nats = meower.access().nats(Part.PROGRAM);
    try {
      nats.jetStream()
          .publish(
              DeadLetterStream.subjectOf(SightingStream.subject("tester", token), position),
              headers,
              object.getBytes(StandardCharsets.UTF_8));
    } finally {
      nats.close();
    }
    return position.toString();
  }

  @Test
  void whoSaysFromWhomAMeowCame() throws Exception {
    HttpResponse<String> posted = api.post("who was it");
    String id = id(posted);
    String request = posted.headers().firstValue("X-Request-Id").orElseThrow();
    Result who = meower("who", id);
    Result ids = meower("who", "--client", "127.0.0.1", "--ids");
    delete(posted);
    Result deleted = meower("who", id);
    Result others = meower("who", "--client", "127.0.0.1", "--ids");

    assertThat(who.status()).as(who.output()).isEqualTo(ExitStatus.FINE);
    assertThat(who.output()).containsPattern("Z +created +127\\.0\\.0\\.1 +" + request + "  -\\R");
    assertThat(ids.output().lines()).first().isEqualTo(id);
    assertThat(deleted.output()).containsPattern("Z +deleted +127\\.0\\.0\\.1 +\\w{32}  -\\R");
    assertThat(others.output()).doesNotContain(id);
    assertThat(meower("who", UNKNOWN))
        .isEqualTo(new Result(ExitStatus.FOUND, "There is no such meow.\n"));
    assertThat(meower("who", "--client", "192.0.2.1").status()).isEqualTo(ExitStatus.FOUND);
    assertThat(meower("who").status()).isEqualTo(ExitStatus.FAILED);
    assertThat(meower("who", "x\u009b").output()).doesNotContain("\u009b");
  }

  @Test
  void removeDeletesMeowsByTheirIds() throws Exception {
    String word = "removed" + System.nanoTime();
    String first = id(api.post(word + " one"));
    String second = id(api.post(word + " two"));
    await().atMost(SOON).until(() -> api.search(word).size() == 2);

    Result tried = meower("remove", first, second, UNKNOWN, "--dry-run");
    assertThat(tried.status()).isEqualTo(ExitStatus.FOUND);
    assertThat(tried.output())
        .contains("2 to be removed, 0 deleted before, 1 unknown", "unknown: " + UNKNOWN);
    assertThat(api.get("/meows/" + first).statusCode()).isEqualTo(200);

    Result removed = meower("remove", first, "--reason", "court order");
    Result piped = meowerReading(first + "\n\n  " + second + "\nnonsense\n", "remove", "-");

    assertThat(removed)
        .isEqualTo(new Result(ExitStatus.FINE, "1 removed, 0 deleted before, 0 unknown\n"));
    assertThat(piped.status()).isEqualTo(ExitStatus.FOUND);
    assertThat(piped.output())
        .contains("unknown: nonsense", "1 removed, 1 deleted before, 1 unknown");
    for (String id : List.of(first, second)) {
      await().atMost(SOON).until(() -> api.get("/meows/" + id).statusCode() == 410);
      assertThat(api.get("/meows/" + id).body()).contains("\"by\":\"operator\"");
    }
  }

  @Test
  void removeDeletesEverythingThatASearchFindsOnceItIsConfirmed() throws Exception {
    String word = "spam" + System.nanoTime();
    int count = FindRequest.MOST + 1;
    for (int i = 0; i < count; i++) {
      api.post(word + " " + i + " " + "x".repeat(100));
    }
    String other = id(api.post("not " + word.replace("spam", "ham")));
    String quoted = '"' + word + '"';
    await().atMost(SOON).until(() -> api.search(quoted).size() == count);

    Result tried = meower("remove", "--matching", quoted, "--dry-run");
    Result refused = meowerReading("no\n", "remove", "--matching", quoted);
    assertThat(tried.status()).isEqualTo(ExitStatus.FINE);
    assertThat(tried.output())
        .contains(count + " meows", word + " 0 xxx", word + " 500 xxx")
        .doesNotContain("x".repeat(60));
    assertThat(refused.status()).isEqualTo(ExitStatus.FOUND);
    assertThat(refused.output()).contains("Nothing was removed.");
    assertThat(api.search(quoted)).hasSize(count);

    Result removed = meowerReading("yes\n", "remove", "--matching", quoted);

    assertThat(removed.status()).as(removed.output()).isEqualTo(ExitStatus.FINE);
    assertThat(removed.output()).contains(count + " removed, 0 deleted before, 0 unknown");
    await().atMost(SOON).until(() -> api.search(quoted).isEmpty());
    assertThat(meower("remove", "--matching", quoted, "--yes"))
        .isEqualTo(new Result(ExitStatus.FINE, "0 meows\n"));
    assertThat(api.get("/meows/" + other).statusCode()).isEqualTo(200);
    assertThat(meower("audit").status()).isEqualTo(ExitStatus.FINE);
  }

  @Test
  void removeSaysWhatIsWrong() throws Exception {
    assertThat(meower("remove").output()).contains("Name ids, or --matching QUERY");
    assertThat(meower("remove", "--matching", "?!").output()).contains("no word to search for");
    assertThat(meower("remove", "--matching", "?!").status()).isEqualTo(ExitStatus.FAILED);
  }

  private static String id(HttpResponse<String> posted) {
    assertThat(posted.statusCode()).isEqualTo(201);
    return Api.json(posted).get("id").stringValue();
  }

  private Result meower(String... arguments) throws Exception {
    return meowerReading("", arguments);
  }

  private Result meowerReading(String input, String... arguments) throws Exception {
    return OperatorCommand.run(meower.access(), input, arguments);
  }
}
