package meower.program.receiver;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import meower.program.request.Durations;
import org.jspecify.annotations.Nullable;

/** A receiver as programs see it; how it is doing is left out where several queues are listed. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PushAnswer(
    String url,
    String timeout,
    @JsonProperty("max_in_flight") int maxInFlight,
    @Nullable String state,
    @Nullable String since,
    @JsonProperty("last_status") @Nullable Integer lastStatus,
    @JsonProperty("last_error") @Nullable String lastError) {

  /** Returns it without saying how it is doing. */
  public static PushAnswer of(PushDefinition push) {
    return new PushAnswer(
        push.url(), Durations.format(push.timeout()), push.maxInFlight(), null, null, null, null);
  }

  /** Returns it with how it is doing. */
  public static PushAnswer of(PushDefinition push, ReceiverState state) {
    return new PushAnswer(
        push.url(),
        Durations.format(push.timeout()),
        push.maxInFlight(),
        state.phase().label(),
        state.since().toString(),
        state.lastStatus(),
        state.lastError());
  }
}
