package meower.program.push;

import jakarta.validation.constraints.NotEmpty;
import java.time.Duration;
import java.util.List;
import meower.program.receiver.ReceiverState;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How patient Meower is with receivers: {@code meower.push.*}.
 *
 * @param retryDelays how long after each refusal a message comes again, a fifth more or less; the
 *     last one counts for all further ones. Default 5s, 30s, 2m, 10m, 30m, 1h, 2h, 4h, 8h, 12h,
 *     24h.
 * @param firstProbe how long after it went down a receiver is tried again. Default 1s.
 * @param longestProbe up to how long this wait doubles. Default 5m.
 * @param giveUpAfter for how long a receiver may fail before it is paused. Default 3d.
 */
@Validated
@ConfigurationProperties("meower.push")
record PushProperties(
    @NotEmpty @DefaultValue({"5s", "30s", "2m", "10m", "30m", "1h", "2h", "4h", "8h", "12h", "24h"})
        List<@DurationMin(millis = 1) Duration> retryDelays,
    @DurationMin(millis = 1) @DefaultValue("1s") Duration firstProbe,
    @DurationMin(millis = 1) @DefaultValue("5m") Duration longestProbe,
    @DurationMin(millis = 1) @DefaultValue("3d") Duration giveUpAfter) {

  PushProperties {
    retryDelays = List.copyOf(retryDelays);
  }

  ReceiverState.ProbePlan probes() {
    return new ReceiverState.ProbePlan(firstProbe, longestProbe, giveUpAfter);
  }
}
