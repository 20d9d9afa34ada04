package meower.program.push;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import meower.program.lease.LeasedMessage;
import meower.program.outbound.CallFailedException;
import meower.program.outbound.OutboundCalls;
import meower.program.outbound.PostAnswer;
import meower.program.receiver.PushDefinition;
import meower.program.receiver.SigningSecret;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls receivers, in the form of <a href="https://www.standardwebhooks.com">Standard Webhooks</a>.
 */
@Component
class Webhooks {

  private static final int MOST_BYTES = 4096;
  private static final int CHALLENGE_BYTES = 24;
  private static final JsonMapper JSON = JsonMapper.shared();

  private final OutboundCalls calls;
  private final PushMetrics metrics;
  private final Clock clock = Clock.systemUTC();
  private final SecureRandom random = new SecureRandom();

  Webhooks(OutboundCalls calls, PushMetrics metrics) {
    this.calls = calls;
    this.metrics = metrics;
  }

  /**
   * Who is called, and how.
   *
   * @param queue its name
   * @param secrets all of them sign that are good
   */
  record Target(String queue, PushDefinition push, List<SigningSecret> secrets) {}

  private record Envelope(String type, Instant timestamp, Map<String, String> data) {}

  /** Brings a message. */
  Outcome deliver(Target target, LeasedMessage message) {
    try {
      PostAnswer answer =
          post(target, message.id(), message.delivery(), message.contentType(), message.body());
      return Outcome.of(answer, clock.instant());
    } catch (CallFailedException e) {
      return Outcome.of(e);
    }
  }

  /** Asks whether it wants to be called: it has to answer with what it is sent. */
  Outcome challenge(Target target) {
    String challenge = word();
    try {
      PostAnswer answer = post(target, "meower.challenge", Map.of("challenge", challenge));
      Outcome outcome = Outcome.of(answer, clock.instant());
      return outcome instanceof Outcome.Accepted && !answer.body().contains(challenge)
          ? new Outcome.Refused(answer.status(), "answered without the challenge")
          : outcome;
    } catch (CallFailedException e) {
      return Outcome.of(e);
    }
  }

  /** Brings something that says nothing but that it is a test. */
  Outcome test(Target target) {
    try {
      return Outcome.of(post(target, "meower.test", Map.of()), clock.instant());
    } catch (CallFailedException e) {
      return Outcome.of(e);
    }
  }

  private PostAnswer post(Target target, String type, Map<String, String> data)
      throws CallFailedException {
    byte[] body = JSON.writeValueAsBytes(new Envelope(type, clock.instant(), data));
    return post(target, "msg_" + word(), 1, "application/json", body);
  }

  private PostAnswer post(Target target, String id, int delivery, String contentType, byte[] body)
      throws CallFailedException {
    Instant now = clock.instant();
    long timestamp = now.getEpochSecond();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", Long.toString(timestamp));
    headers.put(
        "webhook-signature",
        target.secrets().stream()
            .filter(secret -> secret.isGood(now))
            .map(secret -> secret.sign(id, timestamp, body))
            .collect(Collectors.joining(" ")));
    headers.put("meower-queue", target.queue());
    headers.put("meower-delivery", Integer.toString(delivery));
    long begin = System.nanoTime();
    try {
      return calls.post(
          target.push().url(), headers, contentType, body, target.push().timeout(), MOST_BYTES);
    } finally {
      metrics.called(System.nanoTime() - begin);
    }
  }

  private String word() {
    byte[] bytes = new byte[CHALLENGE_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
