package meower.program.commit;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How changes of queues are stored: {@code meower.queues.commits.*}.
 *
 * @param capacity how many calls may wait for a commit, of publishes and of settlements each.
 *     Default 1,000. One more is refused with 503 at once.
 * @param batchSize how many calls at most share one commit. Default 256.
 * @param batchBytes how much they may bring together. Default 4 MB; a single call always fits.
 * @param patience how long a call may take altogether. Default 4.5 s, so that nobody waits longer
 *     than 5 s for an answer. Has to be longer than the time-outs of the database connection
 *     together, or a message may be stored although its publish was answered with 503.
 */
@Validated
@ConfigurationProperties("meower.queues.commits")
public record CommitProperties(
    @Min(1) @Max(1_000_000) @DefaultValue("1000") int capacity,
    @Min(1) @Max(10_000) @DefaultValue("256") int batchSize,
    @DefaultValue("4MB") DataSize batchBytes,
    @DefaultValue("4500ms") Duration patience) {}
