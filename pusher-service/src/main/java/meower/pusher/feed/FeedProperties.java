package meower.pusher.feed;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * What the feed holds, and how it reads the past: {@code meower.pusher.*}.
 *
 * @param logFrames how many of the newest meows are kept for browsers that are slow or come back.
 *     Default 65,536. More of them make gaps and reading from the stream rarer.
 * @param logBytes the most memory that these meows take. Default 32 MB. Whichever of the two bounds
 *     is reached first counts.
 * @param replayBytes the most memory that older meows take, which browsers that were away for
 *     longer share. Default 16 MB. More of it makes reading the same from the stream again rarer.
 * @param maxSearches how many different searches may stand at once. Default 1,000: each new meow is
 *     compared with those that it may match, and each holds up to 64 KB of what it has found. The
 *     next one is told 1013 (try again later).
 * @param replayReads how many pages of 1,024 older meows are read from the stream at once. Default
 *     2. More of them bring browsers up to date sooner and take processor time from live meows.
 * @param replayRate how much of what they have missed all browsers of one client together get in a
 *     second. Default 8 MB, and eight times of it at once. More of it brings a crowd behind one
 *     address up to date sooner.
 */
@Validated
@ConfigurationProperties("meower.pusher")
public record FeedProperties(
    @Min(1) @Max(1 << 24) @DefaultValue("65536") int logFrames,
    @DefaultValue("32MB") DataSize logBytes,
    @DefaultValue("16MB") DataSize replayBytes,
    @Min(1) @DefaultValue("1000") int maxSearches,
    @Min(1) @DefaultValue("2") int replayReads,
    @DefaultValue("8MB") DataSize replayRate) {}
