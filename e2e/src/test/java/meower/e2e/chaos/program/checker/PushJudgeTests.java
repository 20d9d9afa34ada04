package meower.e2e.chaos.program.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import meower.e2e.chaos.history.Violation.Kind;
import meower.e2e.chaos.history.Violations;
import meower.e2e.chaos.program.history.PushCall;
import meower.e2e.chaos.program.history.QueueEnd;
import org.junit.jupiter.api.Test;

/** Each kind of lie is told once to the judge of callbacks, and the truths beside it. */
class PushJudgeTests {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private final Queues queue = new Queues().published(0, "1").published(0, "2");

  @Test
  void findsNothingWrongWithWhatIsRight() {
    var refused = new PushCall("2", "b2", true, false, 1);
    assertThat(judge(0, accepted("1"), refused, accepted("2"), accepted("2"))).isEmpty();
  }

  @Test
  void noticesAMessageThatNobodyWasCalledWith() {
    assertThat(judge(0, accepted("1"))).containsExactly(Kind.CALLBACK_LOST);
    assertThat(judge(1, accepted("1"))).isEmpty();
    assertThat(judge(Set.of("2"), 0, accepted("1"))).isEmpty();
  }

  @Test
  void noticesAMessageThatWasRefusedAndDidNotComeAgain() {
    assertThat(judge(0, accepted("1"), new PushCall("2", "b2", true, false, 1)))
        .containsExactly(Kind.CALLBACK_LOST);
  }

  @Test
  void noticesACallWithoutItsSignature() {
    assertThat(judge(0, accepted("1"), new PushCall("2", "b2", false, true, 1)))
        .containsExactly(Kind.CALLBACK_UNSIGNED);
  }

  @Test
  void noticesWhatNobodyPublished() {
    assertThat(judge(0, accepted("1"), accepted("2"), accepted("3")))
        .containsExactly(Kind.INVENTED);
  }

  @Test
  void noticesAnotherBodyUnderTheSameId() {
    assertThat(judge(0, accepted("1"), accepted("2"), new PushCall("1", "b2", true, true, 1)))
        .containsExactly(Kind.CHANGED);
  }

  /** The example of the specification. */
  @Test
  void verifiesWhatTheSpecificationSigns() {
    var signature = new WebhookSignature(SECRET);
    String id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    String signed = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    assertThat(signature.verifies(id, "1614265330", signed, body, 1_614_265_330)).isTrue();
    assertThat(signature.verifies(id, "1614265330", "v1,x " + signed, body, 1_614_265_330))
        .isTrue();
    assertThat(signature.verifies(id, "1614265330", "v1,x", body, 1_614_265_330)).isFalse();
    assertThat(signature.verifies(id, "1614265330", "", body, 1_614_265_330)).isFalse();
    assertThat(signature.verifies(id + "x", "1614265330", signed, body, 1_614_265_330)).isFalse();
    assertThat(signature.verifies(id, "1614265331", signed, body, 1_614_265_330)).isFalse();
    assertThat(signature.verifies(id, "1614265330", signed, body, 1_614_265_631)).isFalse();
    assertThat(signature.verifies(id, "1614265330", signed, new byte[0], 1_614_265_330)).isFalse();
    assertThat(signature.verifies(id, "", signed, body, 1_614_265_330)).isFalse();
  }

  private static PushCall accepted(String id) {
    return new PushCall(id, "b" + id, true, true, 1);
  }

  private List<Kind> judge(long left, PushCall... calls) {
    return judge(Set.of(), left, calls);
  }

  private List<Kind> judge(Set<String> dead, long left, PushCall... calls) {
    var violations = new Violations();
    PushJudge.judge(queue.history(), List.of(calls), new QueueEnd(dead, left), violations);
    return Queues.kinds(violations);
  }
}
