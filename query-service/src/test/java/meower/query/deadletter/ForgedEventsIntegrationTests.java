package meower.query.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nats.client.PublishOptions;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import meower.query.MeowFeed;
import meower.query.RunningService;
import meower.query.model.IndexRequests;
import meower.query.model.RequeueResult;
import meower.schema.DeadLetterStream;
import meower.schema.EarlierSequences;
import meower.schema.MeowCreated;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;
import meower.schema.MeowEventJson;
import meower.schema.MeowId;
import meower.schema.MeowStream;
import meower.schema.Position;
import meower.schema.signing.EventSignatures;
import meower.schema.signing.SignedAfter;
import meower.schema.signing.SignedMessage;
import meower.signing.KeyFile;
import meower.stream.Streams;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestNats;
import meower.testservers.TestServers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command service has not signed is in no timeline, no search and no history. */
class ForgedEventsIntegrationTests {

  private final TestNats nats = TestServers.nats();
  private final TestElasticsearch elasticsearch = TestServers.elasticsearch();
  private EventSignatures signatures;
  private MeowFeed feed;
  private @Nullable RunningService running;
  private Path keyFile;
  private String epoch = "";

  @TempDir Path folder;

  @BeforeEach
  void begin() throws Exception {
    keyFile = folder.resolve("events");
    signatures = new EventSignatures(KeyFile.read(keyFile));
    feed = MeowFeed.begin(nats, elasticsearch);
  }

  @AfterEach
  void end() {
    service().close();
    feed.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100})
  void showsNothingForged(int newest) throws Exception {
    start(newest, 0);
    MeowId id = feed.newId();
    MeowCreated meow = new MeowCreated(id, "genuine", Instant.parse("2026-11-21T10:00:00Z"));
    publish(meow, null, 1);
    feed.publish("dated 2030");
    MeowEdited edit =
        new MeowEdited(id, 2, "not mine", meow.createdAt(), Instant.parse("2026-11-22T10:00:00Z"));
    feed.publish(edit, new Headers().put(EarlierSequences.HEADER, "1"));
    repeat(1);
    MeowCreated next = new MeowCreated(feed.newId(), "next", meow.createdAt());
    publish(next, null, 5);

    await()
        .untilAsserted(
            () -> assertThat(service().timeline()).containsExactly(next.id().value(), id.value()));
    await().until(() -> service().measured("meower.dead-letters") == 3);
    assertThat(service().get("/meows").body())
        .contains("genuine")
        .doesNotContain("not mine", "2030");
    assertThat(service().get("/meows/" + id.value() + "/history").body())
        .doesNotContain("not mine");
    assertThat(feed.deadLetters())
        .allSatisfy(
            letter -> assertThat(header(letter, DeadLetterStream.REASON)).startsWith("forged: "));
    assertThat(health()).contains("\"forged\":3");
    assertThat(service().get("/readyz").statusCode()).isEqualTo(200);
  }

  @Test
  void indexesNoForgedLetterThatIsTriedAgain() throws Exception {
    start(0, 0);
    feed.publish("dated 2030");
    await().until(() -> service().measured("meower.dead-letters") == 1);

    RequeueResult result = RequeueResult.decode(feed.ask(IndexRequests.REQUEUE, "1").getData());

    assertThat(result.indexed()).isFalse();
    assertThat(result.reason()).startsWith("forged: ");
    assertThat(service().timeline()).isEmpty();
  }

  /** Whoever may park letters cannot bring an event into the index that way. */
  @Test
  void indexesTheMessageThatALetterNamesAndNotTheLetter() throws Exception {
    start(0, 0);
    MeowCreated meow =
        new MeowCreated(feed.newId(), "genuine", Instant.parse("2026-11-21T10:00:00Z"));
    publish(meow, null, 1);
    await()
        .untilAsserted(() -> assertThat(service().timeline()).containsExactly(meow.id().value()));
    MeowCreated other = new MeowCreated(feed.newId(), "by letter", meow.createdAt());
    Position position = new Position(epoch, 1);
    feed.connection()
        .jetStream()
        .publish(
            DeadLetterStream.subjectOf(MeowStream.CREATED, position),
            new Headers().put(DeadLetterStream.POSITION, position.toString()),
            MeowEventJson.encode(other));

    assertThat(RequeueResult.decode(feed.ask(IndexRequests.REQUEUE, "1").getData()).indexed())
        .isTrue();

    await()
        .untilAsserted(() -> assertThat(service().timeline()).containsExactly(meow.id().value()));
    assertThat(service().get("/meows").body()).contains("genuine").doesNotContain("by letter");
  }

  @Test
  void showsWhatWasThereBeforeEventsWereSigned() throws Exception {
    String before = feed.publish("before");
    start(0, 1);
    feed.publish("dated 2030");

    await().until(() -> service().measured("meower.dead-letters") == 1);
    await().untilAsserted(() -> assertThat(service().timeline()).containsExactly(before));
  }

  private void start(int newest, long signedAfter) throws Exception {
    var management = feed.connection().jetStreamManagement();
    var info = management.getStreamInfo(MeowStream.NAME);
    epoch = Streams.epoch(info);
    String said = new SignedAfter(new Position(epoch, signedAfter)).description(signatures);
    management.updateStream(
        StreamConfiguration.builder(info.getConfiguration()).description(said).build());
    running =
        RunningService.start(
            nats,
            elasticsearch,
            "--meower.events.key-file=" + keyFile,
            "--meower.timeline.newest=" + newest);
  }

  private void publish(MeowEvent event, @Nullable String earlier, long sequence) throws Exception {
    byte[] payload = MeowEventJson.encode(event);
    String subject = MeowEventJson.subjectOf(event);
    String id = event.key().toString();
    Headers headers = new Headers();
    headers.put(
        MeowStream.SIGNATURE,
        signatures
            .sign(new SignedMessage(new Position(epoch, sequence), subject, id, earlier, payload))
            .orElseThrow());
    feed.connection()
        .jetStream()
        .publish(
            subject,
            headers,
            payload,
            PublishOptions.builder().messageId(id).expectedLastSequence(sequence - 1).build());
  }

  private RunningService service() {
    return Objects.requireNonNull(running);
  }

  private void repeat(long sequence) throws Exception {
    MessageInfo message =
        feed.connection().jetStreamManagement().getMessage(MeowStream.NAME, sequence);
    Headers headers = new Headers();
    headers.put(
        MeowStream.SIGNATURE,
        Objects.requireNonNull(
            Objects.requireNonNull(message.getHeaders()).getFirst(MeowStream.SIGNATURE)));
    feed.connection().jetStream().publish(MeowStream.CREATED, headers, message.getData());
  }

  private String health() throws Exception {
    return service().manage("/actuator/health").body();
  }

  private static String header(MessageInfo message, String name) {
    return Objects.requireNonNullElse(
        Objects.requireNonNull(message.getHeaders()).getFirst(name), "");
  }
}
