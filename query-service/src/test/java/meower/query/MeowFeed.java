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
import java.util.Objects;
import java.util.stream.IntStream;
import meower.schema.DeadLetterStream;
import meower.schema.MeowCreated;
import meower.schema.MeowEventJson;
import meower.schema.MeowId;
import meower.schema.MeowIdGenerator;
import meower.schema.MeowStream;
import meower.testservers.TestElasticsearch;
import meower.testservers.TestNats;

/** The stream of events in the place of the command service, which owns it. */
public final class MeowFeed implements AutoCloseable {

  private final MeowIdGenerator ids = new MeowIdGenerator(Clock.systemUTC(), new SecureRandom());
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
  }

  /** Deletes the stream of events only. */
  public void deleteStream() throws IOException, JetStreamApiException {
    connection.jetStreamManagement().deleteStream(MeowStream.NAME);
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
    publishRaw(MeowEventJson.encode(meow));
    return meow.id().value();
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
    connection
        .jetStream()
        .publish(
            MeowStream.CREATED,
            payload,
            PublishOptions.builder().expectedStream(MeowStream.NAME).build());
  }
}
