package meower.program.message;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import meower.program.queue.Queue;
import meower.program.queue.Queues;
import meower.program.request.Content;
import meower.program.request.Parameters;
import meower.web.IdempotencyKey;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /queues/{queue}/publish}: answers 201 only after the messages are on disk. */
@RestController
final class PublishController {

  private static final int MOST_BYTES = 1024 * 1024;

  private final Queues queues;
  private final Publishing publishing;

  PublishController(Queues queues, Publishing publishing) {
    this.queues = queues;
    this.publishing = publishing;
  }

  /** The messages that a call published, in their order. */
  record Answer(List<String> ids) {}

  @PostMapping("/queues/{queue}/publish")
  ResponseEntity<Answer> publish(@PathVariable("queue") String name, HttpServletRequest request)
      throws IOException {
    String caller = queues.caller(request);
    Queue queue = queues.publishable(caller, name);
    Duration delay =
        Parameters.of(request)
            .duration("delay", Duration.ZERO, NewMessage.LONGEST_DELAY)
            .orElse(Duration.ZERO);
    String type = Optional.ofNullable(request.getContentType()).orElse(ContentTypes.BYTES);
    ContentTypes.require("Content-Type", type);
    byte[] body =
        Content.bytes(
            request,
            NewMessage.MOST_BYTES,
            "A message has at most 64 KiB: send less, or a reference to what is larger.");
    return answer(
        publishing.publish(
            queue,
            caller,
            IdempotencyKey.of(request),
            fingerprint("one", delay.toString(), type, body),
            List.of(NewMessage.of(body, type, delay))));
  }

  @PostMapping("/queues/{queue}/publish/batch")
  ResponseEntity<Answer> publishBatch(
      @PathVariable("queue") String name, HttpServletRequest request) throws IOException {
    String caller = queues.caller(request);
    Queue queue = queues.publishable(caller, name);
    byte[] body =
        Content.bytes(
            request, MOST_BYTES, "A batch has at most 1 MiB: publish fewer messages at once.");
    return answer(
        publishing.publish(
            queue,
            caller,
            IdempotencyKey.of(request),
            fingerprint("batch", "", "", body),
            Batch.of(Content.json(body, request.getContentType()))));
  }

  private static ResponseEntity<Answer> answer(Publishing.Published published) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.status(HttpStatus.CREATED);
    if (published.isRepeated()) {
      answer.header("Idempotency-Replayed", "true");
    }
    return answer.body(new Answer(published.ids()));
  }

  private static byte[] fingerprint(String kind, String delay, String type, byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(String.join("\n", kind, delay, type, "").getBytes(StandardCharsets.UTF_8));
      return digest.digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
