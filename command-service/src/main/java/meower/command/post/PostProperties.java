package meower.command.post;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How posts are stored: {@code meower.posts.*}.
 *
 * @param queueCapacity how many posts may wait for a commit. Default 2,000. One more is refused
 *     with 503 at once. A larger queue only makes people wait longer for the same refusal.
 * @param batchSize how many posts at most share one commit. Default 256.
 * @param patience how long a post may take altogether. Default 4.5 s, so that nobody waits longer
 *     than 5 s for an answer. Has to be longer than the time-outs of the database connection
 *     together, or a post may be stored although it was answered with 503.
 */
@Validated
@ConfigurationProperties("meower.posts")
record PostProperties(
    @Min(1) @Max(1_000_000) @DefaultValue("2000") int queueCapacity,
    @Min(1) @Max(10_000) @DefaultValue("256") int batchSize,
    @DefaultValue("4500ms") Duration patience) {}
