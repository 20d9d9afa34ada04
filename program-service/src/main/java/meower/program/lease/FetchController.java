package meower.program.lease;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import meower.program.queue.Definition;
import meower.program.queue.Queue;
import meower.program.queue.QueueProblems;
import meower.program.queue.Queues;
import meower.program.request.Parameters;
import meower.web.IdempotencyKey;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /queues/{queue}/fetch}. */
@RestController
final class FetchController {

  private static final int MOST = 1000;
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final Queues queues;
  private final Fetching fetching;

  FetchController(Queues queues, Fetching fetching) {
    this.queues = queues;
    this.fetching = fetching;
  }

  /** Answers with messages and leases; whose connection is broken gives the leases back. */
  @PostMapping("/queues/{queue}/fetch")
  void fetch(
      @PathVariable("queue") String name, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String caller = queues.caller(request);
    Queue queue = queues.consumable(caller, name);
    if (queue.definition().push() != null) {
      throw QueueProblems.pushed(name);
    }
    Fetch fetch = fetch(caller, queue, request);
    List<LeasedMessage> messages = fetching.fetch(fetch);
    try {
      FetchAnswer.write(messages, response);
    } catch (IOException e) {
      if (!messages.isEmpty()) {
        fetching.giveBack(queue, messages);
      }
      throw e;
    }
  }

  private static Fetch fetch(String caller, Queue queue, HttpServletRequest request) {
    Parameters parameters = Parameters.of(request);
    return new Fetch(
        queue,
        parameters.number("max", 1, 1, MOST),
        parameters.duration("wait", Duration.ZERO, LONGEST_WAIT).orElse(Duration.ZERO),
        parameters
            .duration("lease", Definition.SHORTEST_LEASE, Definition.LONGEST_LEASE)
            .orElse(queue.definition().lease()),
        IdempotencyKey.of(request).map(key -> attempt(caller, key)));
  }

  /** Keys of different programs are different attempts. */
  private static UUID attempt(String caller, IdempotencyKey key) {
    return UUID.nameUUIDFromBytes((caller + "\n" + key.text()).getBytes(StandardCharsets.UTF_8));
  }
}
