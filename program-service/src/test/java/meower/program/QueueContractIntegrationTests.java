package meower.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import meower.program.TestProgram.Message;
import meower.testservers.TestPostgres;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * What ubroker's tests say of a broker, sentence by sentence, where that is a rule here, too; and
 * what this one promises besides.
 */
class QueueContractIntegrationTests {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static int number;
  private static RunningService service;

  private final TestProgram program = service.as("worker");
  private final String queue = "contract-" + number++;

  @BeforeAll
  static void start() throws Exception {
    TestPostgres postgres = TestServers.postgres();
    service = RunningService.start(postgres, postgres.createDatabase(), TestServers.nats().url());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @BeforeEach
  void makeQueue() {
    assertThat(program.put(queue, "{}").statusCode()).isEqualTo(201);
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(program.fetch(queue, "")).isEmpty();
    assertThat(program.fetch(queue, "wait=300ms")).isEmpty();
  }

  @Test
  void whatWasPublishedCanBeFetchedUnderItsId() {
    String id = program.publish(queue, "hello");
    Message message = program.fetch(queue);
    assertThat(message.id()).isEqualTo(id);
    assertThat(message.body()).isEqualTo("hello");
    assertThat(message.delivery()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"acknowledge", "requeue", "reject", "extend"})
  void nothingCanBeSettledBeforeItWasFetched(String deed) {
    program.publish(queue, "hello");
    assertThat(program.settle(deed, queue, "nolease")).isEqualTo(400);
    assertThat(program.settle(deed, queue, "A".repeat(32))).isEqualTo(404);
    assertThat(program.fetch(queue).delivery()).isEqualTo(1);
  }

  @Test
  void whatWasFetchedIsNotFetchedAgainWhileTheLeaseHolds() {
    program.publish(queue, "once");
    assertThat(program.fetch(queue, "lease=2s")).hasSize(1);
    assertThat(program.fetch(queue, "wait=500ms")).isEmpty();
  }

  @Test
  void keepsTheOrder() {
    publish(20);
    List<String> one = new ArrayList<>();
    IntStream.range(0, 5).forEach(_ -> one.add(program.fetch(queue).body()));
    List<String> rest = bodies(program.fetch(queue, "max=100"));
    assertThat(one).containsExactly("0", "1", "2", "3", "4");
    assertThat(rest).hasSize(15).first().isEqualTo("5");
    assertThat(rest).isEqualTo(IntStream.range(5, 20).mapToObj(Integer::toString).toList());
  }

  @Test
  void threeLeasesDiffer() {
    publish(3);
    assertThat(program.fetch(queue, "max=3").stream().map(Message::lease).distinct()).hasSize(3);
  }

  @Test
  void whatWasAcknowledgedIsGone() {
    program.publish(queue, "hello");
    String lease = program.fetch(queue).lease();
    assertThat(program.settle("acknowledge", queue, lease)).isEqualTo(204);
    assertThat(program.fetch(queue, "wait=200ms")).isEmpty();
    assertThat(counts().get("leased").intValue()).isZero();
  }

  @Test
  void acknowledgingTwiceIsRefusedBecauseNobodyGetsItAgain() {
    program.publish(queue, "hello");
    String lease = program.fetch(queue).lease();
    program.settle("acknowledge", queue, lease);
    var again = program.post("/queues/" + queue + "/acknowledge/" + lease);
    assertThat(again.statusCode()).isEqualTo(404);
    assertThat(TestProgram.problem(again)).isEqualTo("message-gone");
    assertThat(program.settle("requeue", queue, lease)).isEqualTo(404);
  }

  @Test
  void requeueingTwiceIsRefusedBecauseItComesAgain() {
    program.publish(queue, "hello");
    String lease = program.fetch(queue).lease();
    assertThat(program.settle("requeue", queue, lease)).isEqualTo(204);
    var again = program.post("/queues/" + queue + "/requeue/" + lease);
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(TestProgram.problem(again)).isEqualTo("lease-lost");
    assertThat(program.settle("acknowledge", queue, lease)).isEqualTo(409);
  }

  @Test
  void anOldLeaseIsRefusedWhileAnotherHasTheMessage() {
    program.publish(queue, "hello");
    String old = program.fetch(queue).lease();
    program.settle("requeue", queue, old);
    String present = program.fetch(queue).lease();
    for (String deed : List.of("acknowledge", "requeue", "reject", "extend")) {
      assertThat(program.settle(deed, queue, old)).isEqualTo(409);
    }
    assertThat(program.settle("acknowledge", queue, present)).isEqualTo(204);
  }

  @Test
  void requeuedOnesComeInTheOrderOfRequeueingUnderNewLeases() {
    publish(3);
    List<Message> first = program.fetch(queue, "max=3");
    for (int i : new int[] {2, 0, 1}) {
      assertThat(program.settle("requeue", queue, first.get(i).lease())).isEqualTo(204);
    }
    List<Message> second = program.fetch(queue, "max=3");
    assertThat(bodies(second)).containsExactly("2", "0", "1");
    assertThat(second.stream().map(Message::lease))
        .doesNotContainAnyElementsOf(first.stream().map(Message::lease).toList());
    assertThat(second).allMatch(message -> message.delivery() == 2);
  }

  @Test
  void requeuedOnesOfOneCallComeInItsOrder() {
    publish(3);
    List<Message> first = program.fetch(queue, "max=3");
    JsonNode answer =
        many("requeue", List.of(first.get(1).lease(), first.get(2).lease(), first.get(0).lease()));
    assertThat(answer.get("done")).hasSize(3);
    await().atMost(SOON).until(() -> counts().get("ready").intValue() == 3);
    assertThat(bodies(program.fetch(queue, "max=3"))).containsExactly("1", "2", "0");
  }

  @Test
  void aRequeuedOneComesBehindWhatWaits() {
    publish(3);
    program.settle("requeue", queue, program.fetch(queue).lease());
    assertThat(bodies(program.fetch(queue, "max=10"))).containsExactly("1", "2", "0");
  }

  @Test
  void whatIsAcknowledgedInTimeStaysGone() {
    program.publish(queue, "hello");
    Message message = program.fetch(queue, "wait=2s&lease=1s").getFirst();
    pause(message, -500);
    assertThat(program.settle("acknowledge", queue, message.lease())).isEqualTo(204);
    assertThat(program.fetch(queue, "wait=1s")).isEmpty();
  }

  @Test
  void whatIsAcknowledgedTooLateIsRefusedAndComesAgain() {
    program.publish(queue, "hello");
    Message message = program.fetch(queue, "wait=2s&lease=1s").getFirst();
    pause(message, 300);
    assertThat(program.settle("acknowledge", queue, message.lease())).isEqualTo(409);
    Message again = program.fetch(queue);
    assertThat(again.delivery()).isEqualTo(2);
    assertThat(again.lease()).isNotEqualTo(message.lease());
    assertThat(program.settle("acknowledge", queue, again.lease())).isEqualTo(204);
  }

  @Test
  void anEndedLeaseWakesWhoWaits() {
    program.publish(queue, "hello");
    Message message = program.fetch(queue, "lease=1s").getFirst();
    Message again = program.fetch(queue, "wait=10s").getFirst();
    Duration late = Duration.between(until(message), Instant.now());
    assertThat(again.delivery()).isEqualTo(2);
    assertThat(late).isBetween(Duration.ofMillis(-50), Duration.ofSeconds(2));
  }

  @Test
  void anExtendedLeaseKeepsItsName() {
    program.publish(queue, "hello");
    Message message = program.fetch(queue, "lease=1s").getFirst();
    var extended = program.post("/queues/" + queue + "/extend/" + message.lease() + "?lease=20s");
    assertThat(extended.statusCode()).isEqualTo(200);
    Instant until = Instant.parse(TestProgram.json(extended).get("lease_until").stringValue());
    assertThat(Duration.between(until(message), until).toSeconds()).isBetween(15L, 25L);
    pause(message, 200);
    assertThat(program.settle("acknowledge", queue, message.lease())).isEqualTo(204);
  }

  @Test
  void aLeaseEndsTwelveHoursAfterTheFetch() {
    program.publish(queue, "hello");
    Message message = program.fetch(queue, "lease=1h").getFirst();
    var extended = program.post("/queues/" + queue + "/extend/" + message.lease() + "?lease=12h");
    Instant until = Instant.parse(TestProgram.json(extended).get("lease_until").stringValue());
    assertThat(Duration.between(until(message), until)).isEqualTo(Duration.ofHours(11));
  }

  @Test
  void settlesManyAndSaysOfEachWhatBecameOfIt() {
    publish(4);
    List<Message> messages = program.fetch(queue, "max=4");
    program.settle("acknowledge", queue, messages.get(0).lease());
    program.settle("requeue", queue, messages.get(1).lease());
    List<String> leases = messages.stream().map(Message::lease).toList();
    List<String> twice = new ArrayList<>(leases);
    twice.add(leases.get(2));
    JsonNode answer = many("acknowledge", twice);
    assertThat(strings(answer.get("gone"))).containsExactly(leases.get(0));
    assertThat(strings(answer.get("lost"))).containsExactly(leases.get(1));
    assertThat(strings(answer.get("done"))).containsExactly(leases.get(2), leases.get(3));
  }

  @Test
  void anOldLeaseBesideThePresentOneInOneCall() {
    program.publish(queue, "hello");
    String old = program.fetch(queue).lease();
    program.settle("requeue", queue, old);
    String present = program.fetch(queue).lease();
    JsonNode answer = many("acknowledge", List.of(old, present));
    assertThat(strings(answer.get("lost"))).containsExactly(old);
    assertThat(strings(answer.get("done"))).containsExactly(present);
  }

  @Test
  void aDelayedOneComesAfterItsDelayToWhoWaits() {
    program.send("POST", "/queues/" + queue + "/publish?delay=700ms", "later");
    assertThat(program.fetch(queue, "")).isEmpty();
    assertThat(counts().get("delayed").intValue()).isOne();
    long begin = System.nanoTime();
    assertThat(bodies(program.fetch(queue, "wait=10s"))).containsExactly("later");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
  }

  @Test
  void tooManyDeliveriesMakeADeadLetterAndTheQueueGoesOn() {
    program.put(queue, "{\"max_deliveries\":2}");
    publish(2);
    Message poison = program.fetch(queue);
    program.settle("requeue", queue, poison.lease());
    assertThat(program.fetch(queue).body()).isEqualTo("1");
    Message last = program.fetch(queue, "lease=1s").getFirst();
    assertThat(last.id()).isEqualTo(poison.id());
    await()
        .between(Duration.ofMillis(800), Duration.ofMillis(3500))
        .until(() -> counts().get("dead").intValue() == 1);
    JsonNode letter = letters().get(0);
    assertThat(letter.get("id").stringValue()).isEqualTo(poison.id());
    assertThat(letter.get("reason").stringValue()).isEqualTo("max-deliveries");
    assertThat(letter.get("deliveries").intValue()).isEqualTo(2);
    assertThat(program.settle("acknowledge", queue, last.lease())).isEqualTo(404);
  }

  @Test
  void aRejectedOneIsADeadLetterAndBeginsAnewWhenPutBack() {
    program.publish(queue, "hello");
    String lease = program.fetch(queue).lease();
    assertThat(program.settle("reject", queue, lease + "?reason=no+such+user")).isEqualTo(204);
    assertThat(program.settle("reject", queue, lease)).isEqualTo(404);
    JsonNode letter = letters().get(0);
    assertThat(letter.get("reason").stringValue()).isEqualTo("rejected");
    assertThat(letter.get("last_error").stringValue()).isEqualTo("no such user");
    assertThat(letter.get("body").stringValue()).isEqualTo("hello");
    var back = program.postJson("/queues/" + queue + "/dead-letters/requeue", "{\"all\":true}");
    assertThat(TestProgram.json(back).get("requeued").intValue()).isOne();
    Message again = program.fetch(queue);
    assertThat(again.delivery()).isOne();
    assertThat(again.id()).isEqualTo(letter.get("id").stringValue());
  }

  @Test
  void deadLettersAreListedInPagesAndDeletedOneByOne() {
    publish(5);
    program.fetch(queue, "max=5").forEach(m -> program.settle("reject", queue, m.lease()));
    String path = "/queues/" + queue + "/dead-letters";
    JsonNode first = TestProgram.json(program.get(path + "?take=3"));
    JsonNode rest =
        TestProgram.json(program.get(path + "?take=3&before=" + first.get("next").stringValue()));
    assertThat(first.get("dead_letters")).hasSize(3);
    assertThat(rest.get("dead_letters")).hasSize(2);
    assertThat(rest.has("next")).isFalse();
    String id = rest.get("dead_letters").get(1).get("id").stringValue();
    assertThat(program.delete(path + "/" + id).statusCode()).isEqualTo(204);
    assertThat(program.delete(path + "/" + id).statusCode()).isEqualTo(404);
    assertThat(letters()).hasSize(4);
    String other = rest.get("dead_letters").get(0).get("id").stringValue();
    program.postJson(path + "/requeue", "{\"ids\":[\"" + other + "\",\"" + id + "\"]}");
    assertThat(program.fetch(queue).id()).isEqualTo(other);
  }

  @Test
  void whatIsTooOldIsADeadLetterButNotWhileSomebodyWorksOnIt() {
    program.put(queue, "{\"keep\":\"1s\"}");
    publish(2);
    Message worked = program.fetch(queue, "lease=60s").getFirst();
    await().atMost(Duration.ofSeconds(15)).until(() -> counts().get("dead").intValue() == 1);
    assertThat(letters().get(0).get("reason").stringValue()).isEqualTo("too-old");
    assertThat(letters().get(0).get("body").stringValue()).isEqualTo("1");
    assertThat(program.settle("acknowledge", queue, worked.lease())).isEqualTo(204);
  }

  @Test
  void jsonComesAsJsonTextAsTextAndTheRestAsBase64() {
    String path = "/queues/" + queue + "/publish";
    program.postJson(path, "{ \"a\": 1.50, \"b\": [\"ö\"] }");
    program.send("POST", path, "a=b&c=d", "Content-Type", "application/x-www-form-urlencoded");
    program.postJson(path, "{broken");
    program.postJson(
        path + "/batch",
        """
        {"messages":[{"body":"text"},{"body":{"n":12345678901234567890.10}},
          {"base64":"/wA=","content_type":"image/x-nothing"},{"body":null}]}
        """);
    var answer = program.post("/queues/" + queue + "/fetch?max=10");
    assertThat(answer.body())
        .contains("{ \"a\": 1.50, \"b\": [\"ö\"] }", "{\"n\":12345678901234567890.10}");
    List<JsonNode> got = TestProgram.messages(answer).stream().map(Message::json).toList();
    assertThat(got.get(1).get("body").stringValue()).isEqualTo("a=b&c=d");
    assertThat(got.get(2).get("body").stringValue()).isEqualTo("{broken");
    assertThat(got.get(3).get("body").stringValue()).isEqualTo("text");
    assertThat(got.get(5).get("base64").stringValue()).isEqualTo("/wA=");
    assertThat(got.get(5).get("content_type").stringValue()).isEqualTo("image/x-nothing");
    assertThat(got.get(6).get("body").isNull()).isTrue();
  }

  @Test
  void aFetchBringsAMebibyteAtMostAndOneMessageAlways() {
    String large = "x".repeat(64 * 1024);
    IntStream.range(0, 20).forEach(_ -> program.publish(queue, large));
    assertThat(program.fetch(queue, "max=100")).hasSize(16);
    assertThat(program.fetch(queue, "max=100")).hasSize(4);
  }

  @Test
  void saysWhatIsInAQueue() {
    publish(3);
    program.send("POST", "/queues/" + queue + "/publish?delay=1h", "later");
    program.fetch(queue);
    program.settle("reject", queue, program.fetch(queue).lease());
    JsonNode counts = counts();
    assertThat(counts.get("ready").intValue()).isOne();
    assertThat(counts.get("leased").intValue()).isOne();
    assertThat(counts.get("delayed").intValue()).isOne();
    assertThat(counts.get("dead").intValue()).isOne();
    assertThat(counts.get("oldest_ready").doubleValue()).isBetween(0.0, 60.0);
  }

  @Test
  void aDeletedQueueIsGoneWithItsMessages() {
    publish(3);
    String lease = program.fetch(queue).lease();
    assertThat(program.delete("/queues/" + queue).statusCode()).isEqualTo(204);
    assertThat(program.delete("/queues/" + queue).statusCode()).isEqualTo(404);
    assertThat(program.settle("acknowledge", queue, lease)).isEqualTo(404);
    assertThat(program.put(queue, "{}").statusCode()).isEqualTo(201);
    assertThat(program.fetch(queue, "")).isEmpty();
    assertThat(program.settle("acknowledge", queue, lease)).isEqualTo(404);
  }

  private void publish(int count) {
    IntStream.range(0, count).forEach(i -> program.publish(queue, Integer.toString(i)));
  }

  private JsonNode many(String deed, List<String> leases) {
    String json = "{\"leases\":[\"" + String.join("\",\"", leases) + "\"]}";
    return TestProgram.json(program.postJson("/queues/" + queue + "/" + deed, json));
  }

  private JsonNode counts() {
    return TestProgram.json(program.get("/queues/" + queue));
  }

  private JsonNode letters() {
    return TestProgram.json(program.get("/queues/" + queue + "/dead-letters")).get("dead_letters");
  }

  private static List<String> bodies(List<Message> messages) {
    return messages.stream().map(Message::body).toList();
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(value -> strings.add(value.stringValue()));
    return strings;
  }

  private static Instant until(Message message) {
    return Instant.parse(message.json().get("lease_until").stringValue());
  }

  /** Returns so many milliseconds after the end of the lease. */
  private static void pause(Message message, long millis) {
    Instant then = until(message).plusMillis(millis);
    await()
        .pollInterval(Duration.ofMillis(10))
        .atMost(Duration.ofSeconds(15))
        .until(() -> Instant.now().isAfter(then));
  }
}
