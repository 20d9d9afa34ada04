package meower.query;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.PublishOptions;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import meower.schema.DeadLetterStream;
import meower.schema.DeletedBy;
import meower.schema.EarlierSequences;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;
import meower.schema.MeowEventJson;
import meower.schema.MeowId;
import meower.schema.MeowIdGenerator;
import meower.schema.MeowStream;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestNats;

/** The stream of events in the place of the command service, which owns it. */
public final class MeowFeed implements AutoCloseable {

  public static final Instant EDITED_AT = Instant.parse("2026-11-22T10:00:00Z");
  public static final Instant DELETED_AT = Instant.parse("2026-11-23T10:00:00Z");

  /** Of those that are edited or deleted; what they were posted with does not matter. */
  private static final Instant CREATED_AT = Instant.parse("2026-11-21T10:00:00Z");

  private static final PublishOptions EXPECTED =
      PublishOptions.builder().expectedStream(MeowStream.NAME).build();

  private final MeowIdGenerator ids = new MeowIdGenerator(Clock.systemUTC(), new SecureRandom());
  private final Map<String, List<Long>> sequences = new ConcurrentHashMap<>();
  private final Connection connection;

  private MeowFeed(Connection connection) {
    this.connection = connection;
  }

  /** Begins with an empty stream and without any index. */
  public static MeowFeed begin(TestNats nats, TestElasticsearch elasticsearch) throws Exception {
    deleteIndexes(elasticsearch);
    MeowFeed feed = new MeowFeed(Nats.connect(nats.url()));
    feed.deleteStreams();
    feed.createStream();
    return feed;
  }

  public static void deleteIndexes(TestElasticsearch elasticsearch) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI list = URI.create(elasticsearch.url() + "/_cat/indices/meows-v*?h=index");
      String names =
          http.send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      for (String name : names.lines().toList()) {
        URI index = URI.create(elasticsearch.url() + "/" + name.strip());
        http.send(
            HttpRequest.newBuilder(index).DELETE().build(), HttpResponse.BodyHandlers.discarding());
      }
    }
  }

  public void deleteStreams() throws IOException, JetStreamApiException {
    JetStreamManagement management = connection.jetStreamManagement();
    for (String name : management.getStreamNames()) {
      management.deleteStream(name);
    }
    sequences.clear();
  }

  /** Deletes the stream of events only. */
  public void deleteStream() throws IOException, JetStreamApiException {
    connection.jetStreamManagement().deleteStream(MeowStream.NAME);
    sequences.clear();
  }

  /** Parks a letter once more, for another reason. */
  public void park(MessageInfo letter, String reason) throws IOException, JetStreamApiException {
    Headers headers = new Headers(Objects.requireNonNull(letter.getHeaders()));
    headers.remove("Nats-Msg-Id");
    headers.put(DeadLetterStream.REASON, reason);
    connection
        .jetStream()
        .publish(Objects.requireNonNull(letter.getSubject()), headers, letter.getData());
  }

  public void createStream() throws IOException, JetStreamApiException {
    createStream("");
  }

  /** Creates it as the command service does when a stream was lost. */
  public void createRefillingStream() throws IOException, JetStreamApiException {
    createStream("refilling");
  }

  private void createStream(String description) throws IOException, JetStreamApiException {
    connection
        .jetStreamManagement()
        .addStream(
            StreamConfiguration.builder()
                .name(MeowStream.NAME)
                .description(description)
                .subjects(MeowStream.SUBJECTS)
                .build());
  }

  /** Says of the stream that it is being refilled, or that it is complete. */
  public void markRefilling(boolean refilling) throws IOException, JetStreamApiException {
    JetStreamManagement management = connection.jetStreamManagement();
    StreamConfiguration current = management.getStreamInfo(MeowStream.NAME).getConfiguration();
    management.updateStream(
        StreamConfiguration.builder(current).description(refilling ? "refilling" : "").build());
  }

  /** Asks what operators ask, and returns the answer. */
  public Message ask(String subject, String request) throws InterruptedException {
    byte[] payload = request.getBytes(StandardCharsets.UTF_8);
    return Objects.requireNonNull(connection.request(subject, payload, Duration.ofSeconds(10)));
  }

  /** Publishes a new meow and returns its id. */
  public String publish(String body) throws IOException, JetStreamApiException {
    return publish(new MeowCreated(ids.next(), body, Instant.now()));
  }

  public String publish(MeowCreated meow) throws IOException, JetStreamApiException {
    publish(meow, EarlierSequences.NONE);
    return meow.id().value();
  }

  /** Publishes a text that the meow has from now on, and returns the sequence. */
  public long edit(String id, int revision, String body) throws IOException, JetStreamApiException {
    return publish(
        new MeowEdited(new MeowId(id), revision, body, CREATED_AT, EDITED_AT), earlier(id));
  }

  /** Publishes that the meow was taken back, and returns the sequence. */
  public long delete(String id, int revision) throws IOException, JetStreamApiException {
    return publish(deletion(id, revision), earlier(id));
  }

  /** Takes what came before out of the stream, as the relay does after a deletion. */
  public void erase(String id) throws IOException, JetStreamApiException {
    List<Long> all = earlier(id).sequences();
    for (long sequence : all.subList(0, all.size() - 1)) {
      connection.jetStreamManagement().deleteMessage(MeowStream.NAME, sequence, true);
    }
  }

  public static MeowDeleted deletion(String id, int revision) {
    return new MeowDeleted(new MeowId(id), revision, CREATED_AT, DELETED_AT, DeletedBy.AUTHOR);
  }

  /** Returns where the events of the meow are so far. */
  public EarlierSequences earlier(String id) {
    return new EarlierSequences(sequences.getOrDefault(id, List.of()));
  }

  /** Publishes an event with a header as the relay does, and returns the sequence. */
  public long publish(MeowEvent event, EarlierSequences earlier)
      throws IOException, JetStreamApiException {
    Headers headers = new Headers();
    if (!earlier.isEmpty()) {
      headers.put(EarlierSequences.HEADER, earlier.toString());
    }
    return publish(event, headers);
  }

  /** Publishes an event, and returns the sequence. Without a message id: it can come twice. */
  public long publish(MeowEvent event, Headers headers) throws IOException, JetStreamApiException {
    long sequence =
        connection
            .jetStream()
            .publish(
                NatsMessage.builder()
                    .subject(MeowEventJson.subjectOf(event))
                    .headers(headers)
                    .data(MeowEventJson.encode(event))
                    .build(),
                EXPECTED)
            .getSeqno();
    sequences.computeIfAbsent(event.id().value(), _ -> new CopyOnWriteArrayList<>()).add(sequence);
    return sequence;
  }

  /** Publishes some meows and returns their ids, newest first. */
  public List<String> publish(int count) throws IOException, JetStreamApiException {
    List<String> published = new ArrayList<>();
    for (int i : IntStream.range(0, count).toArray()) {
      published.addFirst(publish("meow " + i));
    }
    return published;
  }

  public MeowId newId() {
    return ids.next();
  }

  public void publishRaw(String payload) throws IOException, JetStreamApiException {
    publishRaw(payload.getBytes(StandardCharsets.UTF_8));
  }

  public List<MessageInfo> deadLetters() throws IOException, JetStreamApiException {
    JetStreamManagement management = connection.jetStreamManagement();
    List<MessageInfo> letters = new ArrayList<>();
    long count = management.getStreamInfo(DeadLetterStream.NAME).getStreamState().getMsgCount();
    for (long sequence = 1; sequence <= count; sequence++) {
      letters.add(management.getMessage(DeadLetterStream.NAME, sequence));
    }
    return letters;
  }

  public Connection connection() {
    return connection;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Without a message id: the same meow can be published twice. */
  private void publishRaw(byte[] payload) throws IOException, JetStreamApiException {
    connection.jetStream().publish(MeowStream.CREATED, payload, EXPECTED);
  }
}
