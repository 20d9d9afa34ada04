package meower.command.room;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much is stored before nothing more is taken: {@code meower.room.*}.
 *
 * @param streamBytes how large the stream of events may become. Default 8 GB, of the 10 GB that
 *     NATS has in containers: dead letters and sightings lie there, too. When NATS itself is full
 *     it takes nothing, and nobody sees anything new.
 * @param outboxMessages how many events may wait for NATS. Default 1,000,000, some 300 MB in
 *     Postgres. Fewer refuse posts earlier while NATS is away.
 */
@Validated
@ConfigurationProperties("meower.room")
record RoomProperties(
    @DefaultValue("8GB") DataSize streamBytes,
    @Min(1) @DefaultValue("1000000") long outboxMessages) {}
