package meower.program.change;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who came and who left, as events: {@code meower.presence.events.*}.
 *
 * @param maxStreams that one instance has at once. Default 2,000; the next one is told to come back
 *     later.
 * @param maxStreamsPerProgram likewise of one program. Default 200.
 * @param lifetime after which a stream ends and its reader says anew who it is. Default 1 h, and up
 *     to a quarter less, so that not all come back at once.
 * @param keep for how long changes are kept, so that who comes back goes on where they were.
 *     Default 5 min.
 * @param keepForQueues how many changes of all programs are kept for longer because a queue that is
 *     full has not taken them yet. Default 1,000,000.
 */
@Validated
@ConfigurationProperties("meower.presence.events")
public record ChangeProperties(
    @Min(1) @Max(1_000_000) @DefaultValue("2000") int maxStreams,
    @Min(1) @Max(1_000_000) @DefaultValue("200") int maxStreamsPerProgram,
    @DurationMin(seconds = 1) @DefaultValue("1h") Duration lifetime,
    @DurationMin(millis = 1) @DefaultValue("5m") Duration keep,
    @Min(0) @DefaultValue("1000000") long keepForQueues) {}
