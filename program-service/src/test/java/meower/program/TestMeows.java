package meower.program;

import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.StreamConfiguration;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import meower.schema.DeletedBy;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;
import meower.schema.MeowEventJson;
import meower.schema.MeowId;
import meower.schema.MeowIdGenerator;
import meower.schema.MeowStream;
import meower.testservers.TestNats;

/** The stream of meows, as the command service writes it. */
final class TestMeows implements AutoCloseable {

  private final Connection connection;
  private final MeowIdGenerator ids = new MeowIdGenerator(Clock.systemUTC(), new SecureRandom());
  private final List<MeowEvent> all = new ArrayList<>();

  private TestMeows(Connection connection) {
    this.connection = connection;
  }

  /** Begins with an empty stream. */
  static TestMeows begin(TestNats nats) throws Exception {
    TestMeows meows = new TestMeows(Nats.connect(nats.url()));
    if (meows.connection.jetStreamManagement().getStreamNames().contains(MeowStream.NAME)) {
      meows.delete();
    }
    meows.create("");
    return meows;
  }

  void delete() throws Exception {
    connection.jetStreamManagement().deleteStream(MeowStream.NAME);
  }

  private void create(String description) throws Exception {
    connection
        .jetStreamManagement()
        .addStream(
            StreamConfiguration.builder()
                .name(MeowStream.NAME)
                .description(description)
                .subjects(MeowStream.SUBJECTS)
                .build());
  }

  String post(String body) throws Exception {
    MeowId id = ids.next();
    publish(new MeowCreated(id, body, Instant.now()));
    return id.value();
  }

  void edit(String id, int revision, String body) throws Exception {
    publish(new MeowEdited(new MeowId(id), revision, body, Instant.now(), Instant.now()));
  }

  void delete(String id, int revision) throws Exception {
    publish(
        new MeowDeleted(new MeowId(id), revision, Instant.now(), Instant.now(), DeletedBy.AUTHOR));
  }

  private void publish(MeowEvent event) throws Exception {
    all.add(event);
    send(event);
  }

  void send(MeowEvent event) throws Exception {
    connection.jetStream().publish(MeowEventJson.subjectOf(event), MeowEventJson.encode(event));
  }

  List<MeowEvent> all() {
    return all;
  }

  /**
   * Makes the stream anew with all that it had, at other sequences; of a meow that was deleted it
   * says only that, wherever the meow was.
   */
  void makeAnew() throws Exception {
    delete();
    create("refilling");
    send(new MeowCreated(ids.next(), "came to light again", Instant.EPOCH));
    for (MeowEvent event : all) {
      send(
          all.stream()
              .filter(other -> other instanceof MeowDeleted && other.id().equals(event.id()))
              .findFirst()
              .orElse(event));
    }
    var management = connection.jetStreamManagement();
    var configuration = management.getStreamInfo(MeowStream.NAME).getConfiguration();
    management.updateStream(StreamConfiguration.builder(configuration).description("").build());
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
