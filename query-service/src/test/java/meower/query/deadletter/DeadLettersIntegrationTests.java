package meower.query.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.Message;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import meower.query.MeowFeed;
import meower.query.RunningService;
import meower.schema.DeadLetterStream;
import meower.schema.IndexRequests;
import meower.schema.MeowId;
import meower.schema.RequeueResult;
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
    assertThat(answer.getHeaders().getFirst(IndexRequests.ERROR)).isNotBlank();
    elasticsearch.start();
    assertThat(service.measured("meower.dead-letters")).isEqualTo(1);
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

  /** What an operator does about the reason. */
  private void allowAnyTime() throws IOException, InterruptedException {
    String mapping =
        "{\"properties\":{\"created_at\":{\"type\":\"date\",\"ignore_malformed\":true}}}";
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
    return header(feed.ask(IndexRequests.REQUEUE, request), IndexRequests.ERROR);
  }

  private static String header(Message message, String name) {
    return Objects.requireNonNull(message.getHeaders().getFirst(name));
  }

  private static String header(MessageInfo message, String name) {
    return Objects.requireNonNull(Objects.requireNonNull(message.getHeaders()).getFirst(name));
  }
}
