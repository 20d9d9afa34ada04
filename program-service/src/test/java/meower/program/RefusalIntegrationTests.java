package meower.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import meower.web.pass.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who gets nothing, and what they are told. */
class RefusalIntegrationTests {

  private static RunningService service;
  private static TestProgram owner;

  @BeforeAll
  static void start() throws Exception {
    TestPostgres postgres = TestServers.postgres();
    service =
        RunningService.start(
            postgres,
            postgres.createDatabase(),
            TestServers.nats().url(),
            "--meower.queues.per-program=5",
            "--meower.queues.messages=5",
            "--meower.queues.bytes=200KB",
            "--meower.queues.leased=3",
            "--meower.queues.waiting=2");
    owner = service.as("owner");
    owner.put("jobs", "{\"publishers\":[\"shop\"],\"consumers\":[\"billing\"]}");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "PUT    | /queues/Jobs | {} | 404 | unknown-queue | ",
        "PUT    | /queues/bad | {\"leese\":\"1s\"} | 400 | invalid-parameter | leese",
        "PUT    | /queues/bad | {\"feed\":[]} | 400 | invalid-parameter | feed",
        "PUT    | /queues/bad | {\"feed\":{\"topics\":[]}} | 400 | invalid-parameter | feed.topics",
        "PUT    | /queues/bad | {\"feed\":{\"topics\":\"#cats\"}} | 400 | invalid-parameter | feed.topics",
        "PUT    | /queues/bad | {\"feed\":{\"topics\":[\"cats and dogs\"]}} | 400 | invalid-parameter | feed.topics",
        "PUT    | /queues/bad | {\"feed\":{\"topics\":[7]}} | 400 | invalid-parameter | feed.topics",
        "PUT    | /queues/bad | {\"feed\":{\"after\":7}} | 400 | invalid-parameter | feed.after",
        "PUT    | /queues/bad | {\"feed\":{\"after\":\"yesterday\"}} | 400 | invalid-parameter | feed.after",
        "PUT    | /queues/bad | {\"feed\":{\"query\":7}} | 400 | invalid-parameter | feed.query",
        "PUT    | /queues/bad | {\"feed\":{\"query\":\" \"}} | 400 | invalid-parameter | feed.query",
        "PUT    | /queues/bad | {\"feed\":{\"query\":\"!?\"}} | 400 | invalid-parameter | feed.query",
        "PUT    | /queues/bad | {\"feed\":{\"query\":\"\\u0000\"}} | 400 | invalid-parameter | feed.query",
        "PUT    | /queues/bad | {\"feed\":{\"query\":\"1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21\"}} | 400 | invalid-parameter | feed.query",
        "PUT    | /queues/bad | {\"feed\":{\"presence\":\"tester\"}} | 400 | invalid-parameter | feed.presence",
        "PUT    | /queues/bad | {\"feed\":{\"topic\":\"#cats\"}} | 400 | invalid-parameter | feed.topic",
        "PUT    | /queues/bad | {\"lease\":\"999ms\"} | 400 | invalid-parameter | lease",
        "PUT    | /queues/bad | {\"lease\":\"13h\"} | 400 | invalid-parameter | lease",
        "PUT    | /queues/bad | {\"lease\":30} | 400 | invalid-parameter | lease",
        "PUT    | /queues/bad | {\"lease\":null} | 400 | invalid-parameter | lease",
        "PUT    | /queues/bad | {\"max_deliveries\":0} | 400 | invalid-parameter | max_deliveries",
        "PUT    | /queues/bad | {\"max_deliveries\":1.5} | 400 | invalid-parameter | max_deliveries",
        "PUT    | /queues/bad | {\"keep\":\"31d\"} | 400 | invalid-parameter | keep",
        "PUT    | /queues/bad | {\"publishers\":\"shop\"} | 400 | invalid-parameter | publishers",
        "PUT    | /queues/bad | {\"consumers\":[\"No\"]} | 400 | invalid-parameter | consumers",
        "PUT    | /queues/bad | [] | 400 | malformed-request | ",
        "PUT    | /queues/bad | {broken | 400 | malformed-request | ",
        "GET    | /queues/none | | 404 | unknown-queue | ",
        "DELETE | /queues/none | | 404 | unknown-queue | ",
        "POST   | /queues/none/publish | x | 404 | unknown-queue | ",
        "POST   | /queues/none/fetch | | 404 | unknown-queue | ",
        "POST   | /queues/jobs/publish?delay=13h | x | 400 | invalid-parameter | delay",
        "POST   | /queues/jobs/publish?delay=-1s | x | 400 | invalid-parameter | delay",
        "POST   | /queues/jobs/publish/batch | {} | 400 | invalid-parameter | messages",
        "POST   | /queues/jobs/publish/batch | {\"messages\":[]} | 400 | invalid-parameter | messages",
        "POST   | /queues/jobs/publish/batch | {\"messages\":[{}]} | 400 | invalid-parameter | messages[0]",
        "POST   | /queues/jobs/publish/batch | {\"messages\":[{\"body\":1,\"x\":1}]} | 400 | invalid-parameter | messages[0].x",
        "POST   | /queues/jobs/publish/batch | {\"messages\":[{\"base64\":\"*\"}]} | 400 | invalid-parameter | messages[0].base64",
        "POST   | /queues/jobs/publish/batch | {\"messages\":[{\"body\":\"\\ud83d\"}]} | 400 | invalid-parameter | messages[0].body",
        "POST   | /queues/jobs/publish/batch | {\"messages\":[{\"body\":[\"\\ude00 a\"]}]} | 400 | invalid-parameter | messages[0].body",
        "POST   | /queues/jobs/publish/batch | {\"messages\":[{\"body\":{\"\\ud83d\":1}}]} | 400 | invalid-parameter | messages[0].body",
        "POST   | /queues/jobs/publish/batch | {\"messages\":[{\"body\":1,\"delay\":\"x\"}]} | 400 | invalid-parameter | messages[0].delay",
        "POST   | /queues/jobs/publish/batch | {\"messages\":[{\"body\":1,\"content_type\":\"text/html\"}]} | 400 | invalid-parameter | messages[0].content_type",
        "POST   | /queues/jobs/fetch?max=0 | | 400 | invalid-parameter | max",
        "POST   | /queues/jobs/fetch?max=1001 | | 400 | invalid-parameter | max",
        "POST   | /queues/jobs/fetch?wait=31s | | 400 | invalid-parameter | wait",
        "POST   | /queues/jobs/fetch?lease=1 | | 400 | invalid-parameter | lease",
        "POST   | /queues/jobs/acknowledge/x | | 400 | invalid-parameter | lease",
        "POST   | /queues/jobs/acknowledge | {\"leases\":[]} | 400 | invalid-parameter | leases",
        "POST   | /queues/jobs/acknowledge | {\"leases\":[\"x\"]} | 400 | invalid-parameter | leases[0]",
        "POST   | /queues/jobs/swallow/x | | 404 | not-found | ",
        "POST   | /queues/jobs/dead-letters/requeue | {} | 400 | invalid-parameter | ids",
        "POST   | /queues/jobs/dead-letters/requeue | {\"ids\":[1]} | 400 | invalid-parameter | ids",
        "POST   | /queues/jobs/dead-letters/requeue | {\"ids\":[\"\\u0000\"]} | 400 | invalid-parameter | ids",
        "POST   | /queues/jobs/reject?reason=%00 | {\"leases\":[]} | 400 | invalid-parameter | reason",
        "GET    | /queues/jobs/dead-letters?before=%00 | | 400 | invalid-parameter | before",
        "GET    | /queues/jobs/dead-letters?take=501 | | 400 | invalid-parameter | take",
        "DELETE | /queues/jobs/dead-letters/x | | 404 | message-gone | ",
        "PATCH  | /queues/jobs | | 405 | method-not-allowed | ",
      })
  void refuses(String method, String path, String body, int status, String type, String parameter) {
    HttpResponse<String> answer =
        owner.send(method, path, body, "Content-Type", "application/json");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(TestProgram.problem(answer)).isEqualTo(type);
    assertThat(TestProgram.json(answer).path("parameter").asString(null)).isEqualTo(parameter);
  }

  @Test
  void refusesWhoSaysNotWhoTheyAre() {
    TestProgram nobody = new TestProgram(service.url(), null);
    TestProgram forger = new TestProgram(service.url(), Passes.of("owner").replace("p1.", "p1.x"));
    for (TestProgram stranger : List.of(nobody, forger)) {
      HttpResponse<String> answer = stranger.get("/queues");
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().allValues("WWW-Authenticate")).hasSize(2);
    }
    TestProgram poster = new TestProgram(service.url(), Passes.of("owner", Scope.POST));
    HttpResponse<String> answer = poster.get("/queues");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(TestProgram.problem(answer)).isEqualTo("not-allowed");
  }

  @Test
  void aProgramCannotTouchTheQueueOfAnother() {
    TestProgram other = service.as("other");
    owner.publish("jobs", "secret");
    String lease = owner.fetch("jobs").lease();
    for (HttpResponse<String> answer :
        List.of(
            other.put("jobs", "{}"),
            other.get("/queues/jobs"),
            other.delete("/queues/jobs"),
            other.send("POST", "/queues/jobs/publish", "x"),
            other.postJson("/queues/jobs/publish/batch", "{\"messages\":[{\"body\":1}]}"),
            other.post("/queues/jobs/fetch"),
            other.post("/queues/jobs/acknowledge/" + lease),
            other.post("/queues/jobs/requeue/" + lease),
            other.post("/queues/jobs/reject/" + lease),
            other.post("/queues/jobs/extend/" + lease),
            other.postJson("/queues/jobs/acknowledge", "{\"leases\":[\"" + lease + "\"]}"),
            other.get("/queues/jobs/dead-letters"),
            other.postJson("/queues/jobs/dead-letters/requeue", "{\"all\":true}"),
            other.delete("/queues/jobs/dead-letters/x"))) {
      assertThat(answer.statusCode()).as(answer.request().toString()).isEqualTo(403);
      assertThat(TestProgram.problem(answer)).isEqualTo("not-allowed");
    }
    assertThat(TestProgram.json(other.get("/queues"))).isEmpty();
    other.put("others", "{}");
    assertThat(other.settle("acknowledge", "others", lease)).isEqualTo(404);
    assertThat(owner.settle("acknowledge", "jobs", lease)).isEqualTo(204);
    other.delete("/queues/others");
  }

  @Test
  void whoIsNamedMayDoThatAndNothingElse() {
    TestProgram shop = service.as("shop");
    TestProgram billing = service.as("billing");
    shop.publish("jobs", "order");
    assertThat(shop.post("/queues/jobs/fetch").statusCode()).isEqualTo(403);
    assertThat(billing.send("POST", "/queues/jobs/publish", "x").statusCode()).isEqualTo(403);
    assertThat(billing.settle("acknowledge", "jobs", billing.fetch("jobs").lease())).isEqualTo(204);
    assertThat(shop.get("/queues/jobs").statusCode()).isEqualTo(403);
    assertThat(billing.delete("/queues/jobs").statusCode()).isEqualTo(403);
  }

  @Test
  void aDefinitionIsReplacedAndSaidBack() {
    HttpResponse<String> first =
        owner.put("defined", "{\"lease\":\"90s\",\"keep\":\"48h\",\"publishers\":[\"a\",\"a\"]}");
    HttpResponse<String> second = owner.put("defined", "{\"max_deliveries\":3}");
    assertThat(first.statusCode()).isEqualTo(201);
    assertThat(TestProgram.json(first).get("lease").stringValue()).isEqualTo("90s");
    assertThat(TestProgram.json(first).get("keep").stringValue()).isEqualTo("2d");
    assertThat(TestProgram.json(first).get("publishers")).hasSize(1);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(TestProgram.json(second).get("lease").stringValue()).isEqualTo("30s");
    assertThat(TestProgram.json(second).get("publishers")).isEmpty();
    assertThat(TestProgram.json(second).get("max_deliveries").intValue()).isEqualTo(3);
    assertThat(owner.get("/queues").body()).contains("\"defined\"", "\"jobs\"");
    owner.delete("/queues/defined");
  }

  @Test
  void aMessageHas64KibibytesAndABatchAMebibyte() {
    assertThat(owner.put("large", "").statusCode()).isEqualTo(201);
    String most = "x".repeat(64 * 1024);
    assertThat(owner.send("POST", "/queues/large/publish", most).statusCode()).isEqualTo(201);
    HttpResponse<String> more = owner.send("POST", "/queues/large/publish", most + "x");
    assertThat(more.statusCode()).isEqualTo(413);
    assertThat(more.body()).contains("64 KiB");
    String batch = "{\"messages\":[{\"body\":\"" + most + "x\"}]}";
    assertThat(owner.postJson("/queues/large/publish/batch", batch).statusCode()).isEqualTo(413);
    assertThat(
            owner.postJson("/queues/large/publish/batch", "x".repeat(1 << 20) + "x").statusCode())
        .isEqualTo(413);
    owner.delete("/queues/large");
  }

  @Test
  void aProgramHasSoManyQueues() {
    TestProgram greedy = service.as("greedy");
    IntStream.range(0, 5)
        .forEach(i -> assertThat(greedy.put("greedy-" + i, "{}").statusCode()).isEqualTo(201));
    HttpResponse<String> refused = greedy.put("greedy-5", "{}");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(TestProgram.problem(refused)).isEqualTo("too-many-queues");
    assertThat(greedy.put("greedy-4", "{\"lease\":\"1m\"}").statusCode()).isEqualTo(200);
  }

  @Test
  void aFullQueueTakesNothingMoreAndLosesNothing() {
    TestProgram full = service.as("full");
    full.put("full", "{}");
    IntStream.range(0, 5).forEach(i -> full.publish("full", "message " + i));
    HttpResponse<String> refused = full.send("POST", "/queues/full/publish", "one more");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(TestProgram.problem(refused)).isEqualTo("queue-full");
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(TestProgram.json(full.get("/queues/full")).get("ready").intValue()).isEqualTo(5);

    full.put("fat", "{}");
    String large = "x".repeat(60_000);
    IntStream.range(0, 3).forEach(_ -> full.publish("fat", large));
    assertThat(full.send("POST", "/queues/fat/publish", large).statusCode()).isEqualTo(429);
  }

  @Test
  void nobodyLeasesMoreThanMayBeWorkedOnAtOnce() {
    TestProgram hoarder = service.as("hoarder");
    hoarder.put("hoard", "{}");
    IntStream.range(0, 5).forEach(i -> hoarder.publish("hoard", "message " + i));
    List<TestProgram.Message> first = hoarder.fetch("hoard", "max=10");
    assertThat(first).hasSize(3);
    assertThat(hoarder.fetch("hoard", "max=10&wait=200ms")).isEmpty();
    hoarder.settle("acknowledge", "hoard", first.getFirst().lease());
    assertThat(hoarder.fetch("hoard", "max=10")).hasSize(1);
  }

  @Test
  void soManyFetchesWaitAndNoMore() throws Exception {
    owner.put("waited", "{}");
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiting =
          IntStream.range(0, 2)
              .mapToObj(_ -> clients.submit(() -> owner.fetch("waited", "wait=10s")))
              .toList();
      Awaiting.fetchesOf(service, 2);
      HttpResponse<String> refused = owner.post("/queues/waited/fetch?wait=10s");
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(TestProgram.problem(refused)).isEqualTo("too-many-calls");
      assertThat(owner.fetch("waited", "")).isEmpty();
      owner.publish("waited", "one");
      owner.publish("waited", "two");
      for (var fetch : waiting) {
        assertThat(fetch.get()).hasSize(1);
      }
    }
    owner.delete("/queues/waited");
  }

  @Test
  void whoCallsTooOftenIsToldToWait() throws Exception {
    TestPostgres postgres = TestServers.postgres();
    try (RunningService strict =
        RunningService.start(
            postgres,
            postgres.createDatabase(),
            TestServers.nats().url(),
            "--meower.queues.calls-per-second=5")) {
      TestProgram eager = strict.as("eager");
      List<HttpResponse<String>> answers =
          IntStream.range(0, 40).mapToObj(_ -> eager.get("/queues")).toList();
      HttpResponse<String> refused =
          answers.stream().filter(a -> a.statusCode() == 429).findFirst().orElseThrow();
      assertThat(refused.headers().firstValue("Retry-After")).contains("1");
      assertThat(TestProgram.problem(refused)).isEqualTo("too-many-calls");
      assertThat(answers.getFirst().statusCode()).isEqualTo(200);
      assertThat(strict.as("patient").get("/queues").statusCode()).isEqualTo(200);
    }
  }
}
