package meower.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import meower.command.RunningService.Posted;
import meower.testservers.TestNats;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChangeMeowIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);

  private TestPostgres postgres;
  private StreamReader stream;
  private String jdbcUrl;
  private RunningService service;

  @BeforeEach
  void startService() throws Exception {
    postgres = TestServers.postgres();
    TestNats nats = TestServers.nats();
    stream = StreamReader.of(nats);
    stream.deleteStream();
    jdbcUrl = postgres.createDatabase();
    service = RunningService.start(postgres, jdbcUrl, nats);
    await().atMost(SOON).until(() -> service.get("/readyz").statusCode() == 200);
  }

  @AfterEach
  void stopService() {
    service.close();
    stream.close();
  }

  @Test
  void saysWithAPostHowAndUntilWhenItCanBeTakenBack() throws Exception {
    HttpResponse<String> answer = service.post("hello", "a key");

    assertThat(answer.headers().firstValue("Meower-Undo")).get().asString().hasSize(43);
    assertThat(Instant.parse(answer.headers().firstValue("Meower-Undo-Until").orElseThrow()))
        .isEqualTo(
            Instant.parse(json(answer).get("created_at").stringValue()).plusSeconds(15 * 60));
    assertThat(service.post("hello", "a key").headers().firstValue("Meower-Undo"))
        .isEqualTo(answer.headers().firstValue("Meower-Undo"));
  }

  @Test
  void editsAMeow() throws Exception {
    Posted meow = post("first");

    HttpResponse<String> answer = service.edit(meow, " Cafe\u0301 ");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("ETag")).contains("\"2\"");
    assertThat(json(answer).propertyNames())
        .containsExactly("id", "body", "created_at", "revision", "edited_at");
    assertThat(json(answer).get("body").stringValue()).isEqualTo("Café");
    assertThat(json(answer).get("revision").intValue()).isEqualTo(2);
    await().atMost(SOON).until(() -> stream.bodies().equals(List.of("first", "Café")));
  }

  @Test
  void makesNoEventOfAnEditThatIsRepeated() throws Exception {
    Posted meow = post("first");
    HttpResponse<String> edited = service.edit(meow, "second", "If-Match", "\"1\"");

    HttpResponse<String> again = service.edit(meow, "second", "If-Match", "\"1\"");

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(edited.body());
    assertThat(rows("meow_event")).isEqualTo(2);
  }

  @Test
  void showsWhatTheMeowHasBecomeToWhoHasNotSeenIt() throws Exception {
    Posted meow = post("first");
    service.edit(meow, "second");

    HttpResponse<String> refused = service.edit(meow, "third", "If-Match", "\"1\"");

    assertProblem(refused, 412, "/problems/edited-meanwhile");
    assertThat(json(refused).get("meow").get("body").stringValue()).isEqualTo("second");
    assertThat(json(refused).get("meow").get("revision").intValue()).isEqualTo(2);
    assertThat(service.edit(meow, "third", "If-Match", "\"2\"").statusCode()).isEqualTo(200);
  }

  @Test
  void refusesATextThatNoMeowMayHaveAndKeepsTheOldOne() throws Exception {
    Posted meow = post("first");

    assertProblem(service.edit(meow, " "), 400, "/problems/blank");
    assertProblem(service.edit(meow, "x".repeat(141)), 400, "/problems/too-long");
    assertProblem(service.edit(meow, "x", "If-Match", "1"), 400, "/problems/invalid-parameter");

    assertThat(rows("meow_event")).isEqualTo(1);
  }

  @Test
  void deletesAMeowForEver() throws Exception {
    Posted meow = Posted.of(service.post("first", "a key"));
    service.edit(meow, "second");

    assertThat(service.delete(meow).statusCode()).isEqualTo(204);
    assertThat(service.delete(meow).statusCode()).isEqualTo(204);

    HttpResponse<String> refused = service.edit(meow, "third");
    assertProblem(refused, 410, "/problems/deleted");
    assertThat(json(refused).get("by").stringValue()).isEqualTo("author");
    assertThat(Instant.parse(json(refused).get("deleted_at").stringValue()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    assertProblem(service.post("first", "a key"), 410, "/problems/deleted");
    assertThat(rows("meow_event where body is not null")).isZero();
    assertThat(rows("meow_event")).isEqualTo(3);
  }

  @Test
  void letsNobodyElseChangeAMeow() throws Exception {
    Posted meow = post("mine");
    Posted other = post("theirs");

    for (String undo : List.of(other.undo(), "", "x", meow.id())) {
      Posted stranger = new Posted(meow.id(), undo);
      assertProblem(service.edit(stranger, "taken over"), 403, "/problems/not-yours");
      assertProblem(service.delete(stranger), 403, "/problems/not-yours");
    }
    assertProblem(service.delete(new Posted("nobody", "x")), 404, "/problems/unknown-meow");
    assertThat(rows("meow_event")).isEqualTo(2);
  }

  @Test
  void numbersWhatManyChangeAtTheSameTime() throws Exception {
    Posted meow = post("first");

    List<Integer> statuses =
        atOnce(
            IntStream.range(0, 16)
                .<Callable<Integer>>mapToObj(
                    i -> () -> service.edit(meow, "text " + i).statusCode())
                .toList());

    assertThat(statuses).containsOnly(200);
    assertThat(rows("meow_event")).isEqualTo(17);
    assertThat(rows("(select distinct revision from meow_event) as revisions")).isEqualTo(17);
    await().atMost(SOON).until(() -> stream.bodies().size() == 17);
  }

  @Test
  void takesOneOfThoseWhoHaveSeenTheSame() throws Exception {
    Posted meow = post("first");

    List<Integer> statuses =
        atOnce(
            IntStream.range(0, 16)
                .<Callable<Integer>>mapToObj(
                    i -> () -> service.edit(meow, "text " + i, "If-Match", "\"1\"").statusCode())
                .toList());

    assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
    assertThat(statuses).filteredOn(status -> status == 412).hasSize(15);
  }

  @Test
  void letsADeletionWinOverEdits() throws Exception {
    Posted meow = post("first");
    List<Callable<Integer>> changes = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      String text = "text " + i;
      changes.add(() -> service.edit(meow, text).statusCode());
    }
    changes.add(6, () -> service.delete(meow).statusCode());

    List<Integer> statuses = atOnce(changes);

    assertThat(statuses).isSubsetOf(200, 204, 410).contains(204);
    assertThat(rows("meow_event where body is not null")).isZero();
    assertThat(
            rows(
                "meow_event where kind <> 'd' and revision >"
                    + " (select revision from meow_event where kind = 'd')"))
        .isZero();
  }

  @Test
  void changesNothingWhileAnInstanceRunsThatKnowsNoChanges() throws Exception {
    Posted meow = post("first");
    Properties older = new Properties();
    older.setProperty("user", postgres.username());
    older.setProperty("password", postgres.password());
    older.setProperty("ApplicationName", "command-service");
    try (Connection connection = DriverManager.getConnection(jdbcUrl, older)) {
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> assertProblem(service.edit(meow, "x"), 503, "/problems/unavailable"));
      assertProblem(service.delete(meow), 503, "/problems/unavailable");
      assertThat(service.post("posts go on").statusCode()).isEqualTo(201);
      assertThat(connection.isClosed()).isFalse();
    }
    await().atMost(SOON).until(() -> service.edit(meow, "y").statusCode() == 200);
  }

  @Test
  void publishesWhatAnInstanceOfTheVersionBeforeStores() throws Exception {
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          with meow as (
            insert into meow (id, body, created_at)
            values ('3G12Ptjdq1Yd5cJrsHFtjZdYqGU', 'from before', now()) returning id)
          insert into outbox (message_id, subject, payload)
          select id, 'meow.created', 'in its own words' from meow
          """);
    }
    await().atMost(SOON).until(() -> stream.bodies().equals(List.of("from before")));
    await().atMost(SOON).until(() -> rows("outbox") == 0);
    assertThat(rows("publication where meow_seq is not null")).isEqualTo(1);
  }

  private Posted post(String body) throws Exception {
    return Posted.of(service.post(body));
  }

  private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> call : threads.invokeAll(calls)) {
        results.add(call.get());
      }
      return results;
    }
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String type) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).get("type").stringValue()).isEqualTo(type);
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  private int rows(String from) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement();
        var result = statement.executeQuery("select count(*) from " + from)) {
      result.next();
      return result.getInt(1);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl, postgres.username(), postgres.password());
  }
}
