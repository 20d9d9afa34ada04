package meower.program.queue;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much programs may have: {@code meower.queues.*}.
 *
 * @param perProgram queues of one program. Default 100.
 * @param messages in one queue. Default 1,000,000; one more is refused with 429.
 * @param bytes of the messages and dead letters of one queue, each with 100 bytes for itself.
 *     Default 256 MB.
 * @param bytesPerProgram likewise of all queues of a program. Default 1 GB.
 * @param leased messages of one queue that are being worked on at once. Default 10,000; further
 *     fetches wait.
 * @param waiting fetches of one queue that wait in one instance at once. Default 100; one more is
 *     refused with 429.
 * @param callsPerSecond of one program to one instance. Default 200; what goes beyond is refused
 *     with 429.
 * @param programsEvery how often is asked which programs there still are; the queues of one that
 *     was removed are deleted after seven days. Default 10m.
 */
@Validated
@ConfigurationProperties("meower.queues")
public record QueueProperties(
    @Min(1) @Max(10_000) @DefaultValue("100") int perProgram,
    @Min(1) @Max(100_000_000) @DefaultValue("1000000") int messages,
    @DefaultValue("256MB") DataSize bytes,
    @DefaultValue("1GB") DataSize bytesPerProgram,
    @Min(1) @Max(1_000_000) @DefaultValue("10000") int leased,
    @Min(1) @Max(100_000) @DefaultValue("100") int waiting,
    @Min(1) @Max(1_000_000) @DefaultValue("200") int callsPerSecond,
    @DurationMin(millis = 1) @DefaultValue("10m") Duration programsEvery) {}
