package meower.program.queue;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
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
  private final QueueProperties properties;

  QueueController(Queues queues, QueueStore store, FeedStart feeds, QueueProperties properties) {
    this.queues = queues;
    this.store = store;
    this.feeds = feeds;
    this.properties = properties;
  }

  @PutMapping("/queues/{queue}")
  ResponseEntity<QueueAnswer> put(@PathVariable("queue") String name, HttpServletRequest request)
      throws IOException {
    String caller = queues.caller(request);
    if (!Definition.isName(name)) {
      throw QueueProblems.unknownQueue(name);
    }
    Definition definition = definition(request);
    Optional<Position> start = definition.feed().map(feeds::of);
    Optional<QueueStore.Put> put =
        Postgres.ask(() -> store.put(caller, name, definition, start, properties.perProgram()));
    queues.forget(name);
    if (put.isEmpty()) {
      throw Postgres.ask(() -> store.find(name))
          .map(queue -> QueueProblems.notAllowed(caller, queue, "change"))
          .orElseGet(() -> QueueProblems.tooManyQueues(properties.perProgram()));
    }
    Queue queue = put.get().queue();
    return put.get().isNew()
        ? ResponseEntity.created(URI.create("/queues/" + name)).body(QueueAnswer.of(queue))
        : ResponseEntity.ok(QueueAnswer.of(queue));
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
    return QueueAnswer.of(queue, Postgres.ask(() -> store.count(queue)), feed(queue));
  }

  private @Nullable FeedAnswer feed(Queue queue) {
    return queue
        .definition()
        .feed()
        .map(feed -> {
          Optional<Position> place = Postgres.ask(() -> store.place(queue));
          return FeedAnswer.of(feed, place.orElse(null), place.flatMap(feeds::behind).orElse(null));
        })
        .orElse(null);
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
