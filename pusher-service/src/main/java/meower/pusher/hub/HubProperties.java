package meower.pusher.hub;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How browsers are served: {@code meower.pusher.*}.
 *
 * @param maxConnections how many browsers may be connected to this instance. Default 20,000, and
 *     fewer if the heap has no room for so many: each takes some 20 KB of it, and one file
 *     descriptor. The next one is told 1013 (try again later).
 * @param maxTopics how many topics a connection may be subscribed to at once. Default 100. The one
 *     that asks for more is closed with 1008.
 * @param stallTimeout how long a browser may take nothing at all before it is dropped. Default 30
 *     s. Shorter frees memory sooner, longer forgives laptops that fall asleep.
 * @param pingInterval from one ping to the next. Default 25 s, below the 60 s after which many
 *     proxies cut a silent connection.
 * @param pongTimeout how long the answer to a ping is waited for. Default 10 s. Shorter finds dead
 *     connections sooner, longer forgives bad networks.
 * @param catchUp how long a browser that is ahead of this instance waits for it to catch up, before
 *     it is told that it cannot resume. Default 20 s. Longer helps while NATS keeps this instance
 *     waiting and the one that the browser came from was faster.
 * @param maxPace how long meows may wait for further ones that go out together with them, when many
 *     browsers are told of many meows. Default 100 ms. Longer spares the processor of this service,
 *     of the proxy and of the readers; zero sends each meow by itself.
 * @param shutdownTimeout how long a stop waits until every browser has been told. Default 3 s.
 *     Browsers that do not read are cut off after it.
 */
@Validated
@ConfigurationProperties("meower.pusher")
public record HubProperties(
    @Min(1) @DefaultValue("20000") int maxConnections,
    @Min(1) @DefaultValue("100") int maxTopics,
    @DefaultValue("30s") Duration stallTimeout,
    @DefaultValue("25s") Duration pingInterval,
    @DefaultValue("10s") Duration pongTimeout,
    @DefaultValue("20s") Duration catchUp,
    @DefaultValue("100ms") Duration maxPace,
    @DefaultValue("3s") Duration shutdownTimeout) {}
