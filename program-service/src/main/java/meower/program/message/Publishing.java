package meower.program.message;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import meower.program.commit.CommitProperties;
import meower.program.commit.SharedCommit;
import meower.program.queue.Queue;
import meower.program.queue.QueueProblems;
import meower.program.queue.Queues;
import meower.program.queue.Room;
import meower.program.request.Postgres;
import meower.program.waiting.Wakeups;
import meower.schema.MeowIdGenerator;
import meower.web.IdempotencyKey;
import meower.web.ProblemException;
import meower.work.BackgroundLoop;
import meower.work.BackgroundWork;
import org.springframework.stereotype.Component;

/** Publishes messages: they are on disk when this returns. */
@Component
class Publishing implements BackgroundWork {

  private final MessageStore store;
  private final Room room;
  private final Queues queues;
  private final Wakeups wakeups;
  private final MeowIdGenerator ids;
  private final SharedCommit<Publication, MessageStore.Outcome> commits;
  private final Counter published;

  Publishing(
      MessageStore store,
      Room room,
      Queues queues,
      Wakeups wakeups,
      MeowIdGenerator ids,
      CommitProperties properties,
      MeterRegistry metrics) {
    this.store = store;
    this.room = room;
    this.queues = queues;
    this.wakeups = wakeups;
    this.ids = ids;
    this.commits = new SharedCommit<>("publish", store::store, properties, metrics);
    this.published =
        Counter.builder("meower.queues.published")
            .description("Messages that were published")
            .register(metrics);
  }

  @Override
  public BackgroundLoop loop() {
    return commits.loop();
  }

  /**
   * What a call published.
   *
   * @param isRepeated whether an earlier call with the same key did
   */
  record Published(List<String> ids, boolean isRepeated) {}

  /**
   * Stores messages, all or none.
   *
   * @throws ProblemException 404 if the queue is gone, 422 if the key was used for something else,
   *     429 if they do not fit, 503 if Postgres cannot take them in time
   */
  Published publish(
      Queue queue,
      String program,
      Optional<IdempotencyKey> key,
      byte[] fingerprint,
      List<NewMessage> messages) {
    List<String> fresh = messages.stream().map(_ -> ids.next().value()).toList();
    Publication publication = new Publication(queue, program, key, fingerprint, messages, fresh);
    requireRoom(publication);
    return switch (commits.commit(publication)) {
      case STORED -> stored(publication);
      case KEY_TAKEN -> repeated(publication);
      case NO_QUEUE -> {
        queues.forget(queue.name());
        throw QueueProblems.unknownQueue(queue.name());
      }
    };
  }

  /** What is in a full queue already is answered as before. */
  private void requireRoom(Publication publication) {
    try {
      Postgres.ask(() -> {
        room.require(publication.queue(), publication.messages().size(), publication.bytes());
        return publication;
      });
    } catch (ProblemException full) {
      if (publication.key().isEmpty()
          || full.getStatusCode().is5xxServerError()
          || Postgres.ask(() -> store.earlier(publication)).isEmpty()) {
        throw full;
      }
    }
  }

  private Published stored(Publication publication) {
    published.increment(publication.messages().size());
    if (publication.ready() > 0) {
      wakeups.ready(publication.queue().id(), publication.ready());
    }
    return new Published(publication.ids(), false);
  }

  private Published repeated(Publication publication) {
    MessageStore.Earlier earlier =
        Postgres.ask(() -> store.earlier(publication))
            .orElseThrow(() -> Postgres.unavailable(null));
    if (!Arrays.equals(earlier.fingerprint(), publication.fingerprint())) {
      throw IdempotencyKey.taken();
    }
    return new Published(earlier.ids(), true);
  }
}
