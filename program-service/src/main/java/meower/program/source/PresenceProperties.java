package meower.program.source;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who is here, and how much of it a program may have: {@code meower.presence.*}.
 *
 * @param objects of one program that can be here at once, and that can wait for their look-ups.
 *     Default 100,000; further ones do not come in, and further sightings are refused with 429.
 * @param sightingsPerSecond that one program may report to one instance. Default 2,000; more is
 *     refused with 429.
 * @param sweepEvery how often who has not been seen for long enough is taken out. Default 3 s.
 * @param roundAfterOutage how long nobody is taken out after an outage, so that everybody can be
 *     looked up once. Default 10 s.
 * @param commitInterval for how long answers are gathered that share a commit. Default 50 ms.
 * @param deadLetters with so many there are, those of others included, no sighting becomes a
 *     further one. Default 10,000; what cannot be looked up is let go then, and counted.
 */
@Validated
@ConfigurationProperties("meower.presence")
public record PresenceProperties(
    @Min(1) @Max(10_000_000) @DefaultValue("100000") int objects,
    @Min(1) @Max(1_000_000) @DefaultValue("2000") int sightingsPerSecond,
    @DefaultValue("3s") Duration sweepEvery,
    @DefaultValue("10s") Duration roundAfterOutage,
    @DefaultValue("50ms") Duration commitInterval,
    @Min(1) @Max(10_000_000) @DefaultValue("10000") int deadLetters) {}
