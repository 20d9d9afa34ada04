package meower.program.queue;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import meower.program.outbound.OutboundCalls;
import meower.program.queue.FeedDefinition.OfMeows;
import meower.program.queue.FeedDefinition.OfPresence;
import meower.program.receiver.PushDefinition;
import meower.program.receiver.Receiver;
import meower.program.receiver.ReceiverState;
import meower.program.receiver.ReceiverStore;
import meower.program.receiver.SigningSecrets;
import meower.program.request.Content;
import meower.program.request.Postgres;
import meower.schema.Position;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /queues} and {@code /queues/{queue}}. */
@RestController
final class QueueController {

  private static final int MOST_BYTES = 16 * 1024;

  private final Queues queues;
  private final QueueStore store;
  private final FeedStart feeds;
  private final PresenceFeeds presences;
  private final QueueProperties properties;
  private final OutboundCalls calls;
  private final SigningSecrets secrets;
  private final ReceiverStore receivers;

  QueueController(
      Queues queues,
      QueueStore store,
      FeedStart feeds,
      PresenceFeeds presences,
      QueueProperties properties,
      OutboundCalls calls,
      SigningSecrets secrets,
      ReceiverStore receivers) {
    this.queues = queues;
    this.store = store;
    this.feeds = feeds;
    this.presences = presences;
    this.properties = properties;
    this.calls = calls;
    this.secrets = secrets;
    this.receivers = receivers;
  }

  @PutMapping("/queues/{queue}")
  ResponseEntity<QueueAnswer> put(@PathVariable("queue") String name, HttpServletRequest request)
      throws IOException {
    String caller = queues.caller(request);
    if (!Definition.isName(name)) {
      throw QueueProblems.unknownQueue(name);
    }
    Definition definition = definition(request);
    SigningSecrets.@Nullable Draft draft = draft(name, definition.push());
    Optional<Position> start =
        definition.feed() instanceof OfMeows meows
            ? Optional.of(feeds.of(meows))
            : Optional.empty();
    OptionalLong version =
        definition.feed() instanceof OfPresence presence
            ? OptionalLong.of(presences.start(caller, presence))
            : OptionalLong.empty();
    Optional<QueueStore.Put> put =
        Postgres.ask(() ->
            store.put(
                caller,
                name,
                definition,
                start,
                version,
                properties.perProgram(),
                draft == null ? null : draft.sealed()));
    queues.forget(name);
    if (put.isEmpty()) {
      throw Postgres.ask(() -> store.find(name))
          .map(queue -> QueueProblems.notAllowed(caller, queue, "change"))
          .orElseGet(() -> QueueProblems.tooManyQueues(properties.perProgram()));
    }
    Queue queue = put.get().queue();
    QueueAnswer answer =
        QueueAnswer.of(queue, draft != null && put.get().hasNewSecret() ? draft.text() : null);
    return put.get().isNew()
        ? ResponseEntity.created(URI.create("/queues/" + name)).body(answer)
        : ResponseEntity.ok(answer);
  }

  private SigningSecrets.@Nullable Draft draft(String name, @Nullable PushDefinition push) {
    if (push == null) {
      return null;
    }
    calls.require(push.url());
    return secrets.draft(name);
  }

  private static Definition definition(HttpServletRequest request) throws IOException {
    return request.getContentLengthLong() == 0
            || (request.getContentLengthLong() < 0
                && request.getHeader("Transfer-Encoding") == null)
        ? Definition.DEFAULT
        : Definition.of(
            Content.json(
                request, MOST_BYTES, "The definition of a queue has at most 16 KiB: send less."));
  }

  /** All queues of the program that asks. */
  @GetMapping("/queues")
  List<QueueAnswer> list(HttpServletRequest request) {
    String caller = queues.caller(request);
    return Postgres.ask(() -> store.of(caller)).stream().map(QueueAnswer::of).toList();
  }

  @GetMapping("/queues/{queue}")
  QueueAnswer get(@PathVariable("queue") String name, HttpServletRequest request) {
    String caller = queues.caller(request);
    queues.forget(name);
    Queue queue = queues.owned(caller, name);
    Counts counts = Postgres.ask(() -> store.count(queue));
    @Nullable ReceiverState state =
        queue.definition().push() == null
            ? null
            : Postgres.ask(() -> receivers.find(queue.id())).map(Receiver::state).orElse(null);
    return QueueAnswer.of(queue, counts, feed(queue), state);
  }

  private @Nullable FeedAnswer feed(Queue queue) {
    return switch (queue.definition().feed()) {
      case null -> null;
      case OfPresence presence ->
          Postgres.ask(() -> presences.status(queue, presence)).orElse(null);
      case OfMeows meows -> {
        Optional<Position> place = Postgres.ask(() -> store.place(queue));
        yield FeedAnswer.of(meows, place.orElse(null), place.flatMap(feeds::behind).orElse(null));
      }
    };
  }

  @DeleteMapping("/queues/{queue}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable("queue") String name, HttpServletRequest request) {
    Queue queue = queues.owned(queues.caller(request), name);
    boolean gone = Postgres.ask(() -> store.delete(queue));
    queues.forget(name);
    if (!gone) {
      throw QueueProblems.unknownQueue(name);
    }
  }
}
