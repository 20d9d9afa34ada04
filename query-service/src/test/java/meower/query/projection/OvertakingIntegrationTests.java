package meower.query.projection;

import static meower.query.RunningService.fields;
import static meower.query.RunningService.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.ConsumerContext;
import io.nats.client.Message;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import meower.query.MeowFeed;
import meower.query.RunningService;
import meower.query.index.MeowIndex;
import meower.schema.EarlierSequences;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowStream;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The events of a meow come in any order and twice, and it ends as the last one says. */
class OvertakingIntegrationTests {

  private static final String LEASE = "--meower.index.acknowledge-within=";

  private final TestNats nats = TestServers.nats();
  private final TestElasticsearch elasticsearch = TestServers.elasticsearch();
  private MeowFeed feed;
  private RunningService service;

  @BeforeEach
  void begin() throws Exception {
    feed = MeowFeed.begin(nats, elasticsearch);
    service = start("60s");
    await().until(() -> !consumers().isEmpty());
  }

  @AfterEach
  void end() {
    service.close();
    feed.close();
  }

  @Test
  void anEditThatOvertakesTheCreationStays() throws Exception {
    service.close();
    String id = feed.publish("first");
    Message creation = take();
    feed.edit(id, 2, "second");
    service = start("60s");
    await().untilAsserted(() -> assertThat(body(id)).isEqualTo("second"));
    assertThat(service.timeline()).as("the view does not reach so far").isEmpty();
    creation.nak();
    await().untilAsserted(() -> assertThat(service.timeline()).containsExactly(id));
    assertThat(fields(service.get("/meows"), "body")).containsExactly("second");
    assertThat(service.counted("meower.index.repeated")).isEqualTo(1);
  }

  @Test
  void editsThatComeInReverseEndAsTheLastOne() throws Exception {
    service.close();
    String id = feed.publish("first");
    Message creation = take();
    feed.edit(id, 2, "second");
    Message second = take();
    feed.edit(id, 3, "third");
    service = start("60s");
    await().untilAsserted(() -> assertThat(body(id)).isEqualTo("third"));
    second.nak();
    await().until(() -> service.counted("meower.index.repeated") == 1);
    creation.nak();
    await().untilAsserted(() -> assertThat(service.timeline()).containsExactly(id));
    assertThat(body(id)).isEqualTo("third");
    assertThat(service.search("second").body()).isEqualTo("[]");
    assertThat(fields(service.search("third"), "id")).containsExactly(id);
  }

  @Test
  void aDeletionThatOvertakesEverythingIsFinal() throws Exception {
    service.close();
    String id = feed.publish("first");
    Message creation = take();
    feed.edit(id, 2, "second");
    Message edit = take();
    feed.delete(id, 3);
    service = start("60s");
    await().untilAsserted(() -> assertThat(status(id)).isEqualTo(410));
    edit.nak();
    creation.nak();
    String next = feed.publish("next");
    await().untilAsserted(() -> assertThat(service.timeline()).containsExactly(next));
    assertThat(status(id)).isEqualTo(410);
    assertThat(service.counted("meower.index.repeated")).isEqualTo(2);
  }

  @Test
  void nothingThatIsPublishedAgainBringsADeletedMeowBack() throws Exception {
    MeowCreated meow = new MeowCreated(feed.newId(), "back again", Instant.now());
    String id = feed.publish(meow);
    feed.delete(id, 2);
    feed.publish(meow);
    String next = feed.publish("next");
    await().untilAsserted(() -> assertThat(service.timeline()).containsExactly(next));
    assertThat(status(id)).isEqualTo(410);
    assertThat(service.search("back").body()).isEqualTo("[]");
    assertThat(service.counted("meower.index.repeated")).isEqualTo(1);
  }

  /** The first one has the sequence 1, which is also the version of a document that was made. */
  @Test
  void aDeletionStandsInEveryPlaceOfARefilledStream() throws Exception {
    service.close();
    String id = feed.newId().value();
    MeowDeleted deletion = MeowFeed.deletion(id, 3);
    feed.publish(deletion, EarlierSequences.NONE);
    String other = feed.publish("other");
    feed.publish(deletion, new EarlierSequences(List.of(1L)));
    List<Message> late = take(3);
    feed.publish(deletion, new EarlierSequences(List.of(1L, 3L)));
    service = start("60s");
    await().untilAsserted(() -> assertThat(status(id)).isEqualTo(410));
    late.reversed().forEach(Message::nak);
    String last = feed.publish("last");
    await().untilAsserted(() -> assertThat(service.timeline()).containsExactly(last, other));
    assertThat(status(id)).isEqualTo(410);
    assertThat(fields(service.get("/meows?after=" + id), "id")).containsExactly(last, other);
    assertThat(fields(service.get("/meows?before=" + id), "id")).isEmpty();
  }

  @Test
  void aFirstDeletionThatIsDeliveredTwiceIsTakenOnce() throws Exception {
    service.close();
    String id = feed.newId().value();
    feed.publish(MeowFeed.deletion(id, 2), EarlierSequences.NONE);
    service = start("60s");
    await().untilAsserted(() -> assertThat(status(id)).isEqualTo(410));
    service.close();
    feed.connection().jetStreamManagement().deleteConsumer(MeowStream.NAME, consumers().getFirst());
    service = start("60s");
    await().until(() -> service.counted("meower.index.repeated") == 1);
    assertThat(status(id)).isEqualTo(410);
  }

  @Test
  void theViewPassesOverWhatWasErasedBeforeItWasIndexed() throws Exception {
    service.close();
    String id = feed.publish("erased before it was indexed");
    Message creation = take();
    feed.edit(id, 2, "erased before it was delivered");
    feed.delete(id, 3);
    feed.erase(id);
    assertThat(creation.metaData().streamSequence()).isEqualTo(1);
    service = start("1s");
    String next = feed.publish("next");
    await().untilAsserted(() -> assertThat(service.timeline()).containsExactly(next));
    assertThat(status(id)).isEqualTo(410);
    assertThat(fields(service.get("/meows?after=" + id), "id")).containsExactly(next);
  }

  private RunningService start(String lease) {
    return RunningService.start(nats, elasticsearch, LEASE + lease);
  }

  /** Takes the next message, as an instance that then does nothing with it. */
  private Message take() throws Exception {
    return take(1).getFirst();
  }

  private List<Message> take(int count) throws Exception {
    ConsumerContext consumer =
        feed.connection()
            .getStreamContext(MeowStream.NAME)
            .getConsumerContext(consumers().getFirst());
    List<Message> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      messages.add(Objects.requireNonNull(consumer.next(2_000)));
    }
    return messages;
  }

  private List<String> consumers() throws Exception {
    return feed.connection().jetStreamManagement().getConsumerNames(MeowStream.NAME).stream()
        .filter(MeowIndex::isConsumer)
        .toList();
  }

  private String body(String id) throws Exception {
    return json(service.get("/meows/" + id)).path("body").asString();
  }

  private int status(String id) throws Exception {
    HttpResponse<String> answer = service.get("/meows/" + id);
    return answer.statusCode();
  }
}
