package meower.program.push;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import meower.program.queue.Queue;
import meower.program.queue.QueueProblems;
import meower.program.queue.Queues;
import meower.program.receiver.Phase;
import meower.program.receiver.PushAnswer;
import meower.program.receiver.PushDefinition;
import meower.program.receiver.Receiver;
import meower.program.receiver.ReceiverStore;
import meower.program.receiver.SigningSecrets;
import meower.program.request.Postgres;
import meower.web.ProblemException;
import meower.web.RateLimit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /queues/{queue}/push/…}: what can be done with the receiver of a queue. */
@RestController
final class PushController {

  private static final int MOST_KNOWN = 10_000;

  private final Queues queues;
  private final ReceiverStore receivers;
  private final SigningSecrets secrets;
  private final Webhooks webhooks;
  private final Map<Long, RateLimit> tests = new ConcurrentHashMap<>();

  PushController(
      Queues queues, ReceiverStore receivers, SigningSecrets secrets, Webhooks webhooks) {
    this.queues = queues;
    this.receivers = receivers;
    this.secrets = secrets;
    this.webhooks = webhooks;
  }

  /** A queue with its receiver. */
  private record Pushed(Queue queue, PushDefinition push) {}

  /**
   * The secret after a change.
   *
   * @param previousUntil until when the one before signs, too
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record SecretAnswer(
      String secret, @JsonProperty("previous_until") @Nullable String previousUntil) {}

  @PostMapping("/queues/{queue}/push/rotate-secret")
  SecretAnswer rotateSecret(@PathVariable("queue") String name, HttpServletRequest request) {
    Pushed pushed = pushed(name, request);
    SigningSecrets.Rotated rotated =
        Postgres.ask(() -> secrets.rotate(pushed.queue().id(), pushed.queue().name()));
    return new SecretAnswer(
        rotated.text(),
        rotated.previousUntil() == null ? null : rotated.previousUntil().toString());
  }

  /** Has the receiver called again, whatever it did. */
  @PostMapping("/queues/{queue}/push/resume")
  PushAnswer resume(@PathVariable("queue") String name, HttpServletRequest request) {
    Pushed pushed = pushed(name, request);
    Receiver receiver =
        Postgres.ask(() -> receivers.resume(pushed.queue().id()))
            .orElseThrow(() -> QueueProblems.notPushed(name));
    return PushAnswer.of(pushed.push(), receiver.state());
  }

  /**
   * What came of a test.
   *
   * @param type of what was sent
   * @param status if there was an answer
   * @param error why it is none that a receiver should give
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record TestAnswer(
      String type, boolean accepted, @Nullable Integer status, @Nullable String error) {

    static TestAnswer of(String type, Outcome outcome) {
      return new TestAnswer(
          type, outcome instanceof Outcome.Accepted, outcome.answered(), outcome.error());
    }
  }

  /** Calls the receiver at once: with the challenge if it has not answered that yet. */
  @PostMapping("/queues/{queue}/push/test")
  TestAnswer test(@PathVariable("queue") String name, HttpServletRequest request) {
    Pushed pushed = pushed(name, request);
    requireSeldom(pushed.queue());
    Receiver receiver =
        Postgres.ask(() -> receivers.find(pushed.queue().id()))
            .orElseThrow(() -> QueueProblems.notPushed(name));
    Webhooks.Target target =
        new Webhooks.Target(
            name, pushed.push(), Postgres.ask(() -> secrets.of(pushed.queue().id(), name)));
    if (receiver.state().phase() != Phase.UNVERIFIED) {
      return TestAnswer.of("meower.test", webhooks.test(target));
    }
    Outcome outcome = webhooks.challenge(target);
    if (outcome instanceof Outcome.Accepted(int status)) {
      Postgres.ask(() -> {
        receivers.verified(receiver, status);
        return status;
      });
    }
    return TestAnswer.of("meower.challenge", outcome);
  }

  /** Whoever is called has not said yet that it wants that: once a second. */
  private void requireSeldom(Queue queue) {
    if (tests.size() > MOST_KNOWN) {
      tests.clear();
    }
    RateLimit limit = tests.computeIfAbsent(queue.id(), _ -> new RateLimit(1, 1, System::nanoTime));
    if (!limit.tryPass()) {
      ProblemException problem = QueueProblems.tooManyCalls();
      problem.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
      throw problem;
    }
  }

  private Pushed pushed(String name, HttpServletRequest request) {
    String caller = queues.caller(request);
    Queue queue = queues.owned(caller, name);
    @Nullable PushDefinition push = queue.definition().push();
    if (push == null) {
      throw QueueProblems.notPushed(name);
    }
    return new Pushed(queue, push);
  }
}
