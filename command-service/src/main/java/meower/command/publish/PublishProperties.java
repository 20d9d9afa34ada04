package meower.command.publish;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may say how much over sockets: {@code meower.publish.*}.
 *
 * @param rate how many frames a second each program may send to an instance. Default 50.
 * @param burst how many it may send at once on top of it. Default 100.
 * @param maxSockets how many sockets an instance has. Default 5,000.
 * @param maxSocketsPerProgram how many of them a program has. Default 100.
 * @param maxUnanswered how many frames of a socket may wait for their answers; no more are read
 *     meanwhile. Default 256.
 * @param pingInterval the time from one ping to the next. Default 25 s.
 * @param pongTimeout how long an answer to a ping is waited for. Default 10 s.
 * @param stallTimeout how long somebody may take none of their answers. Default 30 s.
 * @param lifetime after which whoever is connected has to come back and say again who they are.
 *     Default 1 h.
 */
@Validated
@ConfigurationProperties("meower.publish")
record PublishProperties(
    @Min(1) @Max(1_000_000) @DefaultValue("50") int rate,
    @Min(1) @Max(1_000_000) @DefaultValue("100") int burst,
    @Min(1) @Max(20_000) @DefaultValue("5000") int maxSockets,
    @Min(1) @Max(20_000) @DefaultValue("100") int maxSocketsPerProgram,
    @Min(1) @Max(10_000) @DefaultValue("256") int maxUnanswered,
    @DefaultValue("25s") Duration pingInterval,
    @DefaultValue("10s") Duration pongTimeout,
    @DefaultValue("30s") Duration stallTimeout,
    @DefaultValue("1h") Duration lifetime) {}
