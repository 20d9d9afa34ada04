package meower.command;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PublishOptions;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamState;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import meower.schema.EarlierSequences;
import meower.schema.MeowEvent;
import meower.schema.MeowEventJson;
import meower.schema.MeowStream;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Folders;
import meower.standalone.process.Ports;
import meower.standalone.server.NatsServer;
import meower.stream.Streams;
import org.jspecify.annotations.Nullable;

/** A NATS server whose files a test may take away or put back. */
final class BrokerThatForgets {

  /** What the stream holds at one sequence. */
  record Entry(
      long sequence,
      @Nullable String messageId,
      @Nullable String earlier,
      @Nullable String signature,
      String payload) {}

  /** See {@link #refuseMessagesOver}. */
  static final int ANY_SIZE = -1;

  private final Path folder;
  private final NatsServer server;
  private Connection connection;

  BrokerThatForgets(Path folder) throws Exception {
    this.folder = folder;
    this.server =
        new NatsServer(new DataFolder(folder.resolve("live")), Ports.free(), Ports.free());
    server.start();
    connection = connect();
  }

  String url() {
    return server.url();
  }

  /** Stops the server, changes its files and starts it again. */
  void whileDown(FileWork work) throws Exception {
    connection.close();
    server.stop();
    work.on(folder.resolve("live/nats"));
    server.start();
    connection = connect();
  }

  void copyFiles() throws Exception {
    whileDown(live -> copy(live, folder.resolve("copy")));
  }

  void restoreCopy() throws Exception {
    whileDown(live -> {
      Folders.delete(live);
      copy(folder.resolve("copy"), live);
    });
  }

  void killAndStart() throws Exception {
    connection.close();
    server.kill();
    server.start();
    connection = connect();
  }

  boolean hasStream() throws IOException, JetStreamApiException {
    return management().getStreamNames().contains(MeowStream.NAME);
  }

  String epoch() throws IOException, JetStreamApiException {
    return Streams.epoch(info());
  }

  /** Takes no longer messages, until it is told otherwise. */
  void refuseMessagesOver(int bytes) throws IOException, JetStreamApiException {
    StreamConfiguration current = info().getConfiguration();
    management()
        .updateStream(StreamConfiguration.builder(current).maximumMessageSize(bytes).build());
  }

  boolean isRefilling() throws IOException, JetStreamApiException {
    return Streams.isRefilling(info());
  }

  StreamState state() throws IOException, JetStreamApiException {
    return info().getStreamState();
  }

  JetStreamManagement management() throws IOException {
    return connection.jetStreamManagement();
  }

  void publish(String payload) throws IOException, JetStreamApiException {
    connection.jetStream().publish(MeowStream.CREATED, payload.getBytes(StandardCharsets.UTF_8));
  }

  /** Publishes under a message id, with nothing else that the relay would add. */
  void publish(MeowEvent event) throws IOException, JetStreamApiException {
    connection
        .jetStream()
        .publish(
            MeowEventJson.subjectOf(event),
            MeowEventJson.encode(event),
            PublishOptions.builder().messageId(event.key().toString()).build());
  }

  /** Publishes again what the stream has at a sequence, with all its headers but the id. */
  void repeat(long sequence) throws IOException, JetStreamApiException {
    MessageInfo message = management().getMessage(MeowStream.NAME, sequence);
    Headers headers = new Headers(Objects.requireNonNull(message.getHeaders()));
    headers.remove("Nats-Msg-Id", "Nats-Expected-Last-Sequence", "Nats-Expected-Last-Msg-Id");
    connection
        .jetStream()
        .publish(Objects.requireNonNull(message.getSubject()), headers, message.getData());
  }

  /** Returns what the stream says of itself. */
  String description() throws IOException, JetStreamApiException {
    return Objects.requireNonNullElse(info().getConfiguration().getDescription(), "");
  }

  void describe(String description) throws IOException, JetStreamApiException {
    StreamConfiguration current = info().getConfiguration();
    management()
        .updateStream(StreamConfiguration.builder(current).description(description).build());
  }

  /** Returns everything that the stream holds. */
  List<Entry> entries() throws Exception {
    long count = state().getMsgCount();
    JetStreamSubscription all =
        connection
            .jetStream()
            .subscribe(MeowStream.SUBJECTS, PushSubscribeOptions.builder().ordered(true).build());
    List<Entry> entries = new ArrayList<>();
    while (entries.size() < count) {
      entries.add(entry(Objects.requireNonNull(all.nextMessage(Duration.ofSeconds(5)))));
    }
    all.unsubscribe();
    return entries;
  }

  void end() throws Exception {
    connection.close();
    server.close();
  }

  private Connection connect() throws IOException, InterruptedException {
    return Nats.connect(Options.builder().server(url()).maxReconnects(-1).build());
  }

  private StreamInfo info() throws IOException, JetStreamApiException {
    return management().getStreamInfo(MeowStream.NAME);
  }

  private static Entry entry(Message message) {
    return new Entry(
        message.metaData().streamSequence(),
        header(message, "Nats-Msg-Id"),
        header(message, EarlierSequences.HEADER),
        header(message, MeowStream.SIGNATURE),
        new String(message.getData(), StandardCharsets.UTF_8));
  }

  private static @Nullable String header(Message message, String name) {
    return message.getHeaders() == null ? null : message.getHeaders().getFirst(name);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  /** Work on the files of a server that is down. */
  @FunctionalInterface
  interface FileWork {

    void on(Path live) throws Exception;
  }
}
