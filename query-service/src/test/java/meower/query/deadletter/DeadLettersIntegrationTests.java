package meower.query.deadletter;

import static meower.query.RunningService.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Message;
import io.nats.client.api.MessageInfo;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import meower.nats.RequestListener;
import meower.query.MeowFeed;
import meower.query.RunningService;
import meower.query.model.IndexRequests;
import meower.query.model.RequeueResult;
import meower.schema.DeadLetterStream;
import meower.schema.EarlierSequences;
import meower.schema.MeowEdited;
import meower.schema.MeowId;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What cannot be indexed is parked and can be tried again; everything behind it goes on. */
class DeadLettersIntegrationTests {

  private final TestNats nats = TestServers.nats();
  private final TestElasticsearch elasticsearch = TestServers.elasticsearch();
  private MeowFeed feed;
  private RunningService service;

  @BeforeEach
  void begin() throws Exception {
    feed = MeowFeed.begin(nats, elasticsearch);
    service = RunningService.start(nats, elasticsearch);
  }

  @AfterEach
  void end() {
    service.close();
    feed.close();
  }

  @Test
  void goesOnInOrderBehindAPoisonMessageAndBringsItInLater() throws Exception {
    String before = feed.publish("before");
    MeowId poison = feed.newId();
    publishOfTheFarFuture(poison);
    String after = feed.publish("after");
    await().untilAsserted(() -> assertThat(service.timeline()).containsExactly(after, before));
    assertThat(service.measured("meower.dead-letters")).isEqualTo(1);
    allowAnyTime();
    assertThat(requeue(1)).isEqualTo(new RequeueResult(true, ""));
    assertThat(service.timeline()).containsExactly(after, poison.value(), before);
    assertThat(service.measured("meower.dead-letters")).isZero();
  }

  @Test
  void keepsALetterThatFailsAgainWithItsNewReason() throws Exception {
    feed.publishRaw("no event");
    await().until(() -> service.measured("meower.dead-letters") == 1);
    MessageInfo letter = feed.deadLetters().getFirst();
    String reason = header(letter, DeadLetterStream.REASON);
    assertThat(requeue(1)).isEqualTo(new RequeueResult(false, reason));
    assertThat(feed.deadLetters()).hasSize(1);
    feed.park(letter, "another reason");
    assertThat(requeue(2)).isEqualTo(new RequeueResult(false, reason));
    MessageInfo again = feed.connection().jetStreamManagement().getMessage("DEAD_LETTERS", 3);
    assertThat(header(again, DeadLetterStream.REASON)).isEqualTo(reason);
    assertThat(again.getData()).isEqualTo(letter.getData());
    assertThat(service.measured("meower.dead-letters")).isEqualTo(2);
  }

  @Test
  void keepsALetterWhileElasticsearchIsAway() throws Exception {
    publishOfTheFarFuture(feed.newId());
    await().until(() -> service.measured("meower.dead-letters") == 1);
    elasticsearch.stop();
    Message answer = feed.ask(IndexRequests.REQUEUE, "1");
    assertThat(answer.getHeaders().getFirst(RequestListener.ERROR)).isNotBlank();
    elasticsearch.start();
    assertThat(service.measured("meower.dead-letters")).isEqualTo(1);
  }

  @Test
  void bringsInALateEditInItsPlace() throws Exception {
    String id = feed.publish("one");
    String next = feed.publish("next");
    feed.publish(editOfTheFarFuture(id, 2, "two"), feed.earlier(id));
    await().until(() -> service.measured("meower.dead-letters") == 1);
    assertThat(header(feed.deadLetters().getFirst(), EarlierSequences.HEADER)).isEqualTo("1");
    allowAnyTime();
    assertThat(requeue(1)).isEqualTo(new RequeueResult(true, ""));
    assertThat(service.timeline()).containsExactly(next, id);
    assertThat(fields(service.get("/meows"), "body")).containsExactly("next", "two");
  }

  @Test
  void putsNothingOlderInThePlaceOfWhatCameLater() throws Exception {
    String edited = feed.publish("one");
    String deleted = feed.publish("another");
    for (String id : List.of(edited, deleted)) {
      feed.publish(editOfTheFarFuture(id, 2, "two"), feed.earlier(id));
    }
    publishOfTheFarFuture(feed.newId());
    feed.edit(edited, 3, "three");
    feed.delete(deleted, 3);
    await().until(() -> service.measured("meower.dead-letters") == 3);
    await().until(() -> service.get("/meows/" + deleted).statusCode() == 410);
    allowAnyTime();
    for (int letter = 1; letter <= 3; letter++) {
      assertThat(requeue(letter)).isEqualTo(new RequeueResult(true, ""));
    }
    assertThat(fields(service.get("/meows"), "body")).containsExactly("poison", "three");
    assertThat(service.get("/meows/" + deleted).statusCode()).isEqualTo(410);
  }

  @Test
  void parksAnEditThatDoesNotSayWhereTheEarlierEventsAre() throws Exception {
    String id = feed.publish("one");
    Headers headers = new Headers();
    headers.put(EarlierSequences.HEADER, "7,3");
    feed.publish(
        new MeowEdited(new MeowId(id), 2, "two", Instant.EPOCH, MeowFeed.EDITED_AT), headers);
    String last = feed.publish("last");
    await().untilAsserted(() -> assertThat(service.timeline()).containsExactly(last, id));
    String reason = header(feed.deadLetters().getFirst(), DeadLetterStream.REASON);
    assertThat(reason).contains(EarlierSequences.HEADER);
    assertThat(requeue(1)).isEqualTo(new RequeueResult(false, reason));
    assertThat(fields(service.get("/meows"), "body")).containsExactly("last", "one");
  }

  @Test
  void keepsTheWholeListOfEarlierEvents() throws Exception {
    EarlierSequences many =
        new EarlierSequences(LongStream.range(1_000_000, 1_000_090).boxed().toList());
    feed.publish(editOfTheFarFuture(feed.newId().value(), 99, "often"), many);
    await().until(() -> service.measured("meower.dead-letters") == 1);
    assertThat(header(feed.deadLetters().getFirst(), EarlierSequences.HEADER))
        .hasSizeGreaterThan(500)
        .isEqualTo(many.toString());
  }

  @Test
  void refusesALetterOfAnEarlierStreamOrThatIsNotThere() throws Exception {
    feed.publishRaw("no event");
    await().until(() -> service.measured("meower.dead-letters") == 1);
    feed.deleteStream();
    feed.createStream();
    assertThat(error("1")).contains("made anew");
    assertThat(error("77")).contains("no dead letter 77");
    assertThat(error("x")).contains("number");
  }

  /** Valid for the command service, but not for the mapping of the index. */
  private void publishOfTheFarFuture(MeowId id) throws Exception {
    feed.publishRaw(
        "{\"id\":\"%s\",\"body\":\"poison\",\"created_at\":\"+12000-01-01T00:00:00Z\"}"
            .formatted(id));
  }

  private static MeowEdited editOfTheFarFuture(String id, int revision, String body) {
    return new MeowEdited(
        new MeowId(id), revision, body, Instant.EPOCH, Instant.parse("+12000-01-01T00:00:00Z"));
  }

  /** What an operator does about the reason. */
  private void allowAnyTime() throws IOException, InterruptedException {
    String date = "{\"type\":\"date\",\"ignore_malformed\":true}";
    String mapping = "{\"properties\":{\"created_at\":%s,\"edited_at\":%1$s}}".formatted(date);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(elasticsearch.url() + "/meows/_mapping"))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(mapping))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    }
  }

  private RequeueResult requeue(int number) throws InterruptedException {
    return RequeueResult.decode(feed.ask(IndexRequests.REQUEUE, "" + number).getData());
  }

  private String error(String request) throws InterruptedException {
    return header(feed.ask(IndexRequests.REQUEUE, request), RequestListener.ERROR);
  }

  private static String header(Message message, String name) {
    return Objects.requireNonNull(message.getHeaders().getFirst(name));
  }

  private static String header(MessageInfo message, String name) {
    return Objects.requireNonNull(Objects.requireNonNull(message.getHeaders()).getFirst(name));
  }
}
