package meower.program.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import meower.program.message.Form;
import meower.program.queue.Queue;
import meower.program.queue.Queues;
import meower.program.request.Content;
import meower.program.request.Parameters;
import meower.program.request.Postgres;
import meower.program.waiting.Wakeups;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /queues/{queue}/dead-letters}, for the owner of the queue. */
@RestController
final class DeadLetterController {

  private static final int MOST = 500;
  private static final int MOST_IDS = 1000;
  private static final int MOST_BYTES = 64 * 1024;
  private static final int LONGEST_ID = 40;

  private final Queues queues;
  private final DeadLetterStore store;
  private final Wakeups wakeups;

  DeadLetterController(Queues queues, DeadLetterStore store, Wakeups wakeups) {
    this.queues = queues;
    this.store = store;
    this.wakeups = wakeups;
  }

  /**
   * Letters, what was published last first.
   *
   * @param next to go on with, as {@code before}; none at the end
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Page(@JsonProperty("dead_letters") List<Letter> deadLetters, @Nullable String next) {}

  /** A letter as programs see it; its body in the form in which a fetch would give it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @SuppressWarnings("ArrayRecordComponent") // nobody compares or changes it
  record Letter(
      String id,
      @JsonRawValue @Nullable String body,
      byte @Nullable [] base64,
      @JsonProperty("content_type") String contentType,
      @JsonProperty("published_at") String publishedAt,
      int deliveries,
      String reason,
      @JsonProperty("last_error") @Nullable String lastError,
      @JsonProperty("died_at") String diedAt) {

    static Letter of(DeadLetter letter) {
      String text = new String(letter.body(), StandardCharsets.UTF_8);
      return new Letter(
          letter.id(),
          switch (letter.form()) {
            case JSON -> text;
            case TEXT -> JsonMapper.shared().writeValueAsString(text);
            case BYTES -> null;
          },
          letter.form() == Form.BYTES ? letter.body() : null,
          letter.contentType(),
          letter.publishedAt(),
          letter.deliveries(),
          letter.reason(),
          letter.lastError(),
          letter.diedAt());
    }
  }

  @GetMapping("/queues/{queue}/dead-letters")
  Page list(@PathVariable("queue") String name, HttpServletRequest request) {
    Queue queue = queues.owned(queues.caller(request), name);
    Parameters parameters = Parameters.of(request);
    int take = parameters.number("take", 100, 1, MOST);
    List<DeadLetter> found = Postgres.ask(() -> store.list(queue, take, parameters.text("before")));
    String next = found.size() == take ? found.getLast().id() : null;
    return new Page(found.stream().map(Letter::of).toList(), next);
  }

  /** How many messages are back in the queue. */
  record Requeued(int requeued) {}

  @PostMapping("/queues/{queue}/dead-letters/requeue")
  Requeued requeue(@PathVariable("queue") String name, HttpServletRequest request)
      throws IOException {
    Queue queue = queues.owned(queues.caller(request), name);
    JsonNode json =
        Content.json(request, MOST_BYTES, "Requeue at most %,d at once.".formatted(MOST_IDS));
    JsonNode all = json.path("all");
    if (json.has("ids") == json.has("all") || (json.has("all") && !all.isBoolean())) {
      throw ProblemException.badParameter("ids", "Send {\"ids\": […]} or {\"all\": true}.");
    }
    int requeued;
    if (json.has("ids")) {
      List<String> ids = ids(json.get("ids"));
      requeued = Postgres.ask(() -> store.requeue(queue, ids));
    } else {
      requeued = all.booleanValue() ? Postgres.ask(() -> store.requeueAll(queue)) : 0;
    }
    if (requeued > 0) {
      wakeups.ready(queue.id(), requeued);
    }
    return new Requeued(requeued);
  }

  private static List<String> ids(JsonNode json) {
    List<String> ids = new ArrayList<>();
    json.forEach(id -> ids.add(id.isString() ? id.stringValue() : ""));
    boolean known = ids.stream().allMatch(DeadLetterController::isId);
    if (!json.isArray() || ids.isEmpty() || ids.size() > MOST_IDS || !known) {
      throw ProblemException.badParameter(
          "ids", "ids has to be an array of 1 to %,d ids of messages.".formatted(MOST_IDS));
    }
    return ids;
  }

  /** Whether there could be a message of this id; Postgres does not take NUL to look for it. */
  private static boolean isId(String text) {
    return !text.isEmpty() && text.length() <= LONGEST_ID && text.indexOf('\0') < 0;
  }

  @DeleteMapping("/queues/{queue}/dead-letters/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(
      @PathVariable("queue") String name,
      @PathVariable("id") String id,
      HttpServletRequest request) {
    Queue queue = queues.owned(queues.caller(request), name);
    if (!Postgres.ask(() -> store.delete(queue, id))) {
      throw new ProblemException(
          HttpStatus.NOT_FOUND,
          "message-gone",
          "The message is not there any more",
          "There is no dead letter with this id in the queue: it was put back or deleted already.");
    }
  }
}
