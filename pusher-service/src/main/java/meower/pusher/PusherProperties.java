package meower.pusher;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How the pusher behaves: {@code meower.pusher.*}.
 *
 * @param allowedOrigins pages of which other origins may connect, like {@code
 *     https://meower.example}; {@code *} for all. Default none: only the page that comes from the
 *     same host and port. Programs that send no Origin always may.
 * @param maxConnections how many browsers may be connected to this instance. Default 20,000, and
 *     fewer if the heap has no room for so many: each takes some 20 KB of it, and one file
 *     descriptor. The next one is told 1013 (try again later).
 * @param maxTopics how many topics a connection may be subscribed to at once. Default 100. The one
 *     that asks for more is closed with 1008.
 * @param logFrames how many of the newest meows are kept for browsers that are slow or come back.
 *     Default 65,536. More of them make gaps and reading from the stream rarer.
 * @param logBytes the most memory that these meows take. Default 32 MB. Whichever of the two bounds
 *     is reached first counts.
 * @param replayBytes the most memory that older meows take, which browsers that were away for
 *     longer share. Default 16 MB. More of it makes reading the same from the stream again rarer.
 * @param replayReads how many pages of 1,024 older meows are read from the stream at once. Default
 *     2. More of them bring browsers up to date sooner and take processor time from live meows.
 * @param stallTimeout how long a browser may take nothing at all before it is dropped. Default 30
 *     s. Shorter frees memory sooner, longer forgives laptops that fall asleep.
 * @param sendBuffer what the kernel holds for one browser that reads slowly. Default 64 KB. Larger
 *     ones help over long distances; as many times as there are slow browsers it is memory outside
 *     the heap.
 * @param pingInterval from one ping to the next. Default 25 s, below the 60 s after which many
 *     proxies cut a silent connection.
 * @param pongTimeout how long the answer to a ping is waited for. Default 10 s. Shorter finds dead
 *     connections sooner, longer forgives bad networks.
 * @param catchUp how long a browser that is ahead of this instance waits for it to catch up, before
 *     it is told that it cannot resume. Default 20 s. Longer helps while NATS keeps this instance
 *     waiting and the one that the browser came from was faster.
 * @param shutdownTimeout how long a stop waits until every browser has been told. Default 3 s.
 *     Browsers that do not read are cut off after it.
 */
@Validated
@ConfigurationProperties("meower.pusher")
record PusherProperties(
    @DefaultValue List<String> allowedOrigins,
    @Min(1) @DefaultValue("20000") int maxConnections,
    @Min(1) @DefaultValue("100") int maxTopics,
    @Min(1) @Max(1 << 24) @DefaultValue("65536") int logFrames,
    @DefaultValue("32MB") DataSize logBytes,
    @DefaultValue("16MB") DataSize replayBytes,
    @Min(1) @DefaultValue("2") int replayReads,
    @DefaultValue("30s") Duration stallTimeout,
    @DefaultValue("64KB") DataSize sendBuffer,
    @DefaultValue("25s") Duration pingInterval,
    @DefaultValue("10s") Duration pongTimeout,
    @DefaultValue("20s") Duration catchUp,
    @DefaultValue("3s") Duration shutdownTimeout) {}
