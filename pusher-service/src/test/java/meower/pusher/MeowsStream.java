package meower.pusher;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PublishOptions;
import io.nats.client.api.PublishAck;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import meower.schema.DeletedBy;
import meower.schema.EarlierSequences;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;
import meower.schema.MeowEventJson;
import meower.schema.MeowIdGenerator;
import meower.schema.MeowStream;
import meower.schema.Position;
import meower.schema.signing.EventSignatures;
import meower.schema.signing.SignedAfter;
import meower.schema.signing.SignedMessage;
import meower.stream.Streams;
import org.jspecify.annotations.Nullable;

/** Does what the command service does to the stream. */
final class MeowsStream implements AutoCloseable {

  private final Connection connection;
  private final MeowIdGenerator ids = new MeowIdGenerator(Clock.systemUTC(), new Random());

  MeowsStream(String natsUrl) throws IOException, InterruptedException {
    this.connection =
        Nats.connect(
            Options.builder()
                .server(natsUrl)
                .maxReconnects(-1)
                .reconnectWait(Duration.ofMillis(100))
                .build());
  }

  static MeowsStream created(String natsUrl) throws Exception {
    MeowsStream stream = new MeowsStream(natsUrl);
    stream.create();
    return stream;
  }

  void create() throws IOException, JetStreamApiException {
    connection
        .jetStreamManagement()
        .addStream(
            StreamConfiguration.builder()
                .name(MeowStream.NAME)
                .subjects(MeowStream.SUBJECTS)
                .storageType(StorageType.File)
                .duplicateWindow(MeowStream.DUPLICATE_WINDOW)
                .build());
  }

  void delete() throws IOException, JetStreamApiException {
    connection.jetStreamManagement().deleteStream(MeowStream.NAME);
  }

  /** Takes everything out and goes on counting. */
  void purge() throws IOException, JetStreamApiException {
    connection.jetStreamManagement().purgeStream(MeowStream.NAME);
  }

  /** Takes messages out, as it is done some time after a deletion. */
  void erase(Long... sequences) throws IOException, JetStreamApiException {
    for (long sequence : sequences) {
      connection.jetStreamManagement().deleteMessage(MeowStream.NAME, sequence, true);
    }
  }

  /** Says that the stream is being brought back, or that it is complete again. */
  void markRefilling(boolean refilling) throws IOException, JetStreamApiException {
    JetStreamManagement management = connection.jetStreamManagement();
    StreamConfiguration current = management.getStreamInfo(MeowStream.NAME).getConfiguration();
    management.updateStream(
        StreamConfiguration.builder(current).description(refilling ? "refilling" : "").build());
  }

  /** Says that all of it is signed, and returns its epoch. */
  String markSigned(EventSignatures signatures) throws IOException, JetStreamApiException {
    JetStreamManagement management = connection.jetStreamManagement();
    StreamInfo info = management.getStreamInfo(MeowStream.NAME);
    String epoch = Streams.epoch(info);
    String said = new SignedAfter(new Position(epoch, 0)).description(signatures);
    management.updateStream(
        StreamConfiguration.builder(info.getConfiguration()).description(said).build());
    return epoch;
  }

  /** Publishes a meow as the command service does, at the place where it has to be. */
  void publish(MeowCreated meow, EventSignatures signatures, Position position)
      throws IOException, JetStreamApiException {
    byte[] payload = MeowEventJson.encode(meow);
    String id = meow.key().toString();
    SignedMessage message = new SignedMessage(position, MeowStream.CREATED, id, null, payload);
    connection
        .jetStream()
        .publish(
            MeowStream.CREATED,
            new Headers().put(MeowStream.SIGNATURE, signatures.sign(message).orElseThrow()),
            payload,
            PublishOptions.builder()
                .messageId(id)
                .expectedLastSequence(position.sequence() - 1)
                .build());
  }

  long lastSequence() throws IOException, JetStreamApiException {
    return connection
        .jetStreamManagement()
        .getStreamInfo(MeowStream.NAME)
        .getStreamState()
        .getLastSequence();
  }

  boolean isConnected() {
    return connection.getStatus() == Connection.Status.CONNECTED;
  }

  MeowCreated meow(String body) {
    return new MeowCreated(ids.next(), body, Instant.now());
  }

  /** Returns an edit of a meow, the first if the revision is 2. */
  static MeowEdited edit(MeowCreated meow, int revision, String body) {
    return new MeowEdited(meow.id(), revision, body, meow.createdAt(), Instant.now());
  }

  /** Returns the deletion of a meow. */
  static MeowDeleted deletion(MeowCreated meow, int revision) {
    return new MeowDeleted(meow.id(), revision, meow.createdAt(), Instant.now(), DeletedBy.AUTHOR);
  }

  /**
   * Publishes one and returns its sequence.
   *
   * @param earlier the sequences of the meow's earlier events
   */
  long publish(MeowEvent event, Long... earlier) throws Exception {
    return publishAsync(event, headers(List.of(earlier))).get(10, TimeUnit.SECONDS).getSeqno();
  }

  /** Publishes one without the stream noticing that it has it already. */
  long publishAgain(MeowEvent event, Long... earlier) throws IOException, JetStreamApiException {
    return connection
        .jetStream()
        .publish(
            MeowEventJson.subjectOf(event), headers(List.of(earlier)), MeowEventJson.encode(event))
        .getSeqno();
  }

  /** Publishes one with a header that says nothing. */
  long publishWithHeader(MeowEvent event, String earlier)
      throws IOException, JetStreamApiException {
    return connection
        .jetStream()
        .publish(
            MeowEventJson.subjectOf(event),
            new Headers().add(EarlierSequences.HEADER, earlier),
            MeowEventJson.encode(event))
        .getSeqno();
  }

  /** Publishes one without waiting for the acknowledgement. */
  void publishLater(MeowCreated meow) throws IOException {
    var _ = publishAsync(meow);
  }

  /** Publishes that many, one after the other without waiting, and returns the last sequence. */
  long publish(int count, String body) throws Exception {
    List<CompletableFuture<PublishAck>> acks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      acks.add(publishAsync(meow(body + " " + i)));
      if (acks.size() > 200) {
        acks.get(acks.size() - 200).get(10, TimeUnit.SECONDS);
      }
    }
    return acks.getLast().get(10, TimeUnit.SECONDS).getSeqno();
  }

  /** Publishes what is no event, or the same meow without the stream noticing. */
  long publishRaw(byte[] payload) throws IOException, JetStreamApiException {
    return connection.jetStream().publish(MeowStream.CREATED, payload).getSeqno();
  }

  long publishRaw(String payload) throws IOException, JetStreamApiException {
    return publishRaw(payload.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private CompletableFuture<PublishAck> publishAsync(MeowCreated meow) throws IOException {
    return publishAsync(meow, null);
  }

  private CompletableFuture<PublishAck> publishAsync(MeowEvent event, @Nullable Headers headers)
      throws IOException {
    JetStream jetStream = connection.jetStream();
    return jetStream.publishAsync(
        MeowEventJson.subjectOf(event),
        headers,
        MeowEventJson.encode(event),
        PublishOptions.builder().messageId(event.key().toString()).build());
  }

  private static @Nullable Headers headers(List<Long> earlier) {
    return earlier.isEmpty()
        ? null
        : new Headers().add(EarlierSequences.HEADER, new EarlierSequences(earlier).toString());
  }
}
