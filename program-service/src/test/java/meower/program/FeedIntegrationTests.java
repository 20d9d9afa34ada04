package meower.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import meower.program.TestProgram.Message;
import meower.testservers.TestNats;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What flows from the meows into queues. */
class FeedIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int FITS = 20;

  private final TestPostgres postgres = TestServers.postgres();
  private final TestNats nats = TestServers.nats();
  private TestMeows meows;
  private String jdbcUrl;
  private RunningService service;
  private TestProgram program;

  @BeforeEach
  void start() throws Exception {
    meows = TestMeows.begin(nats);
    jdbcUrl = postgres.createDatabase();
    service = startOne();
    program = service.as("shop");
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
    meows.close();
  }

  private RunningService startOne() {
    return RunningService.start(postgres, jdbcUrl, nats.url(), "--meower.queues.messages=" + FITS);
  }

  @Test
  void everyMeowFlowsOnceAndInOrder() throws Exception {
    meows.post("before it began");
    assertThat(program.put("all", "{\"feed\": {}}").statusCode()).isEqualTo(201);
    String first = meows.post("first");
    meows.post("second #cats");

    List<JsonNode> told = told("all", 2);

    assertThat(told.getFirst().get("type").stringValue()).isEqualTo("meow.created");
    JsonNode data = told.getFirst().get("data");
    assertThat(data.get("id").stringValue()).isEqualTo(first);
    assertThat(data.get("body").stringValue()).isEqualTo("first");
    assertThat(data.get("position").stringValue()).endsWith("-2");
    assertThat(told.getFirst().get("timestamp")).isEqualTo(data.get("created_at"));
    assertThat(told.get(1).get("data").get("body").stringValue()).isEqualTo("second #cats");
    JsonNode feed = TestProgram.json(program.get("/queues/all")).get("feed");
    assertThat(feed.get("position").stringValue()).endsWith("-3");
    assertThat(feed.get("behind").longValue()).isZero();
    assertThat(program.fetch("all", "wait=300ms")).isEmpty();
  }

  @Test
  void onlyMeowsOfItsTopicsFlowAndWhatTheyBecome() throws Exception {
    program.put("cats", "{\"feed\": {\"topics\": [\"#Cats\", \"#kittens\"]}}");
    String cat = meows.post("a #cats tale");
    String dog = meows.post("a #dogs tale");
    meows.edit(cat, 2, "about nothing");
    meows.edit(dog, 2, "about #kittens after all");
    meows.delete(cat, 3);
    meows.delete(meows.post("nobody's"), 2);
    meows.post("the last of the #cats");

    List<JsonNode> told = told("cats", 5);

    assertThat(told)
        .map(message -> message.get("type").stringValue() + " " + id(message))
        .startsWith(
            "meow.created " + cat,
            "meow.edited " + cat,
            "meow.edited " + dog,
            "meow.deleted " + cat)
        .hasSize(5);
  }

  @Test
  void whatASearchFindsFlowsFromNowOn() throws Exception {
    program.put("food", "{\"feed\": {\"query\": \"\\\"cat food\\\" brekfast\"}}");
    program.put("treats", "{\"feed\": {\"query\": \"cat food \", \"topics\": [\"#treats\"]}}");
    String found = meows.post("Cat-food for breakfast");
    String missed = meows.post("a cat and food for breakfast");
    String treat = meows.post("food for a cat #treats");
    meows.edit(found, 2, "nothing of it");
    meows.edit(missed, 2, "cat food! breakfasts");
    meows.delete(found, 3);
    meows.delete(treat, 2);

    assertThat(told("food", 4))
        .map(message -> message.get("type").stringValue() + " " + id(message))
        .containsExactly(
            "meow.created " + found,
            "meow.edited " + found,
            "meow.edited " + missed,
            "meow.deleted " + found);
    assertThat(told("treats", 2)).map(FeedIntegrationTests::id).containsExactly(treat, treat);
    assertThat(program.fetch("food", "wait=300ms")).isEmpty();
    JsonNode feed = TestProgram.json(program.get("/queues/treats")).get("feed");
    assertThat(feed.get("query").stringValue()).isEqualTo("cat food ");
    assertThat(feed.get("topics").get(0).stringValue()).isEqualTo("#treats");
    assertThat(service.bean(MeterRegistry.class).get("meower.searches.standing").gauge().value())
        .isEqualTo(2);
  }

  @Test
  void aSearchThatIsChangedOrTakenAwayGoesOnWithWhatIsSaidNow() throws Exception {
    program.put("pets", "{\"feed\": {\"query\": \"cat \"}}");
    meows.post("a cat");
    assertThat(told("pets", 1)).hasSize(1);
    program.put("pets", "{\"feed\": {\"query\": \"dog \"}}");
    meows.post("another cat");
    String dog = meows.post("a dog");
    assertThat(told("pets", 1)).map(FeedIntegrationTests::id).containsExactly(dog);

    program.put("pets", "{\"feed\": {}}");
    String any = meows.post("a bird");

    assertThat(told("pets", 1)).map(FeedIntegrationTests::id).containsExactly(any);
    assertThat(program.fetch("pets", "wait=300ms")).isEmpty();
  }

  @Test
  void aDeletedMeowLosesItsTextWhereverItIs() throws Exception {
    program.put("all", "{\"feed\": {}}");
    String ready = meows.post("secret one");
    String dead = meows.post("secret two");
    meows.post("stays");
    List<Message> fetched = fetch("all", 3);
    program.settle("requeue", "all", fetched.get(0).lease());
    program.settle("reject", "all", fetched.get(1).lease());
    program.settle("requeue", "all", fetched.get(2).lease());

    meows.delete(ready, 2);
    meows.delete(dead, 2);

    JdbcClient jdbc = service.bean(JdbcClient.class);
    String texts =
        """
        select convert_from(body, 'UTF8') from message
        union all select convert_from(body, 'UTF8') from dead_letter
        """;
    await()
        .atMost(SOON)
        .untilAsserted(() ->
            assertThat(jdbc.sql(texts).query(String.class).list())
                .hasSize(5)
                .noneMatch(text -> text.contains("secret"))
                .anyMatch(text -> text.contains("stays")));
    program.postJson("/queues/all/dead-letters/requeue", "{\"all\": true}");
    assertThat(told("all", 5)).noneMatch(message -> message.toString().contains("secret"));
  }

  @Test
  void aFeedThatIsTakenAwayTellsNothingMoreButErases() throws Exception {
    program.put("all", "{\"feed\": {}}");
    String gone = meows.post("secret");
    String lease = fetch("all", 1).getFirst().lease();
    program.put("all", "{}");
    meows.post("not told");
    program.settle("requeue", "all", lease);

    meows.delete(gone, 2);

    JdbcClient jdbc = service.bean(JdbcClient.class);
    await()
        .atMost(SOON)
        .until(() ->
            jdbc
                .sql("select convert_from(body, 'UTF8') from message")
                .query(String.class)
                .list()
                .stream()
                .noneMatch(text -> text.contains("secret")));
    assertThat(told("all", 1)).hasSize(1);
    assertThat(program.fetch("all", "wait=300ms")).isEmpty();
  }

  @Test
  void itBeginsWhereItIsToldTo() throws Exception {
    meows.post("one");
    meows.post("two");
    program.put("late", "{\"feed\": {\"after\": \"beginning\"}}");
    String position = id(told("late", 2).getFirst(), "position");

    program.put("later", "{\"feed\": {\"after\": \"" + position + "\"}}");

    assertThat(told("later", 1)).map(message -> id(message, "body")).containsExactly("two");
    for (String unknown : List.of("another-1", position.replaceFirst("-.*", "-9"))) {
      assertThat(
              TestProgram.json(program.put("no", "{\"feed\": {\"after\": \"" + unknown + "\"}}"))
                  .get("parameter")
                  .stringValue())
          .isEqualTo("feed.after");
    }
  }

  @Test
  void definedOnceMoreItGoesOnWhereItIs() throws Exception {
    program.put("all", "{\"feed\": {}}");
    meows.post("one");
    for (int i = 0; i < 3; i++) {
      assertThat(program.put("all", "{\"feed\": {}, \"lease\": \"20s\"}").statusCode())
          .isEqualTo(200);
    }
    meows.post("two");

    assertThat(told("all", 2)).map(message -> id(message, "body")).containsExactly("one", "two");
  }

  @Test
  void aFullQueueLetsTheFeedWaitAndNobodyElse() throws Exception {
    program.put("slow", "{\"feed\": {}}");
    program.put("fast", "{\"feed\": {\"topics\": [\"#rare\"]}}");
    List<String> posted = new ArrayList<>();
    for (int i = 0; i < 2 * FITS; i++) {
      posted.add(meows.post("meow " + i));
    }
    meows.post("something #rare");
    posted.add(meows.all().getLast().id().value());

    assertThat(told("fast", 1)).hasSize(1);
    assertThat(TestProgram.json(program.get("/queues/slow")).get("ready").longValue())
        .isLessThanOrEqualTo(FITS);
    List<String> ids = told("slow", posted.size()).stream().map(message -> id(message)).toList();
    assertThat(ids).isEqualTo(posted);
  }

  @Test
  void whenTheOneThatRoutesIsGoneAnotherGoesOn() throws Exception {
    program.put("all", "{\"feed\": {}}");
    List<String> posted = new ArrayList<>();
    List<String> told = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      RunningService next = startOne();
      posted.add(meows.post("meow " + round));
      service.close();
      service = next;
      program = service.as("shop");
      posted.add(meows.post("meow, too, " + round));
      told("all", 2).forEach(message -> told.add(id(message)));
    }

    assertThat(told).isEqualTo(posted);
    assertThat(program.fetch("all", "wait=300ms")).isEmpty();
  }

  @Test
  void aFeedQueueHasExactlyTheMatchingMeowsAfterANewEpoch() throws Exception {
    program.put("all", "{\"feed\": {}}");
    program.put("cats", "{\"feed\": {\"topics\": [\"#cats\"]}}");
    String gone = meows.post("soon gone #cats");
    meows.post("one");
    String edited = meows.post("two #cats");
    meows.delete(gone, 2);
    meows.edit(edited, 2, "two #cats, edited");
    meows.delete(meows.post("gone, too"), 2);
    meows.edit(edited, 3, "two #cats, edited twice");
    assertThat(told("all", 8)).hasSize(8);
    assertThat(told("cats", 5)).hasSize(5);

    meows.makeAnew();
    String last = meows.post("three #cats");

    assertThat(told("all", 1)).map(message -> id(message)).containsExactly(last);
    assertThat(told("cats", 1)).map(message -> id(message)).containsExactly(last);
    assertThat(program.fetch("all", "wait=500ms")).isEmpty();
  }

  @Test
  void itCatchesUpAfterNatsWasAway() throws Exception {
    program.put("all", "{\"feed\": {}}");
    nats.pause();
    try {
      assertThat(program.put("other", "{\"feed\": {}}").statusCode()).isEqualTo(503);
      assertThat(program.get("/queues/all").statusCode()).isEqualTo(200);
    } finally {
      nats.resume();
    }
    meows.post("afterwards");

    assertThat(told("all", 1)).map(message -> id(message, "body")).containsExactly("afterwards");
  }

  /** Fetches so many and acknowledges them. */
  private List<JsonNode> told(String queue, int count) {
    List<JsonNode> told = new ArrayList<>();
    await()
        .atMost(SOON)
        .until(() -> {
          for (Message message : program.fetch(queue, "wait=1s&max=" + (count - told.size()))) {
            told.add(message.json().get("body"));
            assertThat(program.settle("acknowledge", queue, message.lease())).isEqualTo(204);
          }
          return told.size() == count;
        });
    return told;
  }

  private List<Message> fetch(String queue, int count) {
    List<Message> messages = new ArrayList<>();
    await()
        .atMost(SOON)
        .until(() -> {
          messages.addAll(program.fetch(queue, "wait=1s&max=" + (count - messages.size())));
          return messages.size() == count;
        });
    return messages;
  }

  private static String id(JsonNode message) {
    return id(message, "id");
  }

  private static String id(JsonNode message, String member) {
    return message.get("data").get(member).stringValue();
  }
}
