package meower.command;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import meower.schema.MalformedEventException;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;
import meower.schema.MeowEventJson;
import meower.schema.MeowStream;
import meower.testservers.TestNats;

/** Looks at the stream itself, with nothing of the product in between. */
public final class StreamReader implements AutoCloseable {

  private final Connection connection;

  private StreamReader(Connection connection) {
    this.connection = connection;
  }

  public static StreamReader of(TestNats nats) throws IOException, InterruptedException {
    return new StreamReader(Nats.connect(nats.url()));
  }

  /** What an earlier test has left there, a new database would take in. */
  public static void deleteStream(TestNats nats) throws Exception {
    try (StreamReader stream = of(nats)) {
      stream.deleteStream();
    }
  }

  public void deleteStream() throws IOException, JetStreamApiException {
    JetStreamManagement management = connection.jetStreamManagement();
    if (management.getStreamNames().contains(MeowStream.NAME)) {
      management.deleteStream(MeowStream.NAME);
    }
  }

  public void createStreamThatForgetsIds() throws IOException, JetStreamApiException {
    connection
        .jetStreamManagement()
        .addStream(
            StreamConfiguration.builder()
                .name(MeowStream.NAME)
                .subjects(MeowStream.SUBJECTS)
                .duplicateWindow(Duration.ofMillis(100))
                .build());
  }

  public void publishForeignMessage() throws IOException, JetStreamApiException {
    connection.jetStream().publish(MeowStream.CREATED, "no event".getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the bodies of all events in the order of the stream; other messages are left out. */
  public List<String> bodies() throws IOException, JetStreamApiException {
    List<String> bodies = new ArrayList<>();
    JetStreamManagement management = connection.jetStreamManagement();
    if (!management.getStreamNames().contains(MeowStream.NAME)) {
      return bodies;
    }
    long last = management.getStreamInfo(MeowStream.NAME).getStreamState().getLastSequence();
    for (long sequence = 1; sequence <= last; sequence++) {
      var message = management.getMessage(MeowStream.NAME, sequence);
      addBody(
          bodies,
          Objects.requireNonNull(message.getSubject()),
          Objects.requireNonNull(message.getData()));
    }
    return bodies;
  }

  private static void addBody(List<String> bodies, String subject, byte[] payload) {
    try {
      MeowEvent event = MeowEventJson.decode(subject, payload);
      switch (event) {
        case MeowCreated created -> bodies.add(created.body());
        case MeowEdited edited -> bodies.add(edited.body());
        case MeowDeleted _ -> {}
      }
    } catch (MalformedEventException e) {
      // A message that a test put there: the product does not publish such.
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
