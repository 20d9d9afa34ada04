package meower.pusher.hub;

import io.micrometer.core.instrument.MeterRegistry;
import meower.nats.NatsLink;
import meower.pusher.feed.FeedFactory;
import meower.pusher.feed.FeedProperties;
import meower.stream.StreamFollower;
import meower.stream.Streams;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The hub, and what brings it the stream. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HubProperties.class)
class HubConfiguration {

  @Bean
  Hub hub(HubProperties properties, FeedProperties feeds, MeterRegistry registry) {
    return new Hub(properties, feeds, registry);
  }

  @Bean("feed")
  FeedHealthIndicator feedHealth(Hub hub) {
    return new FeedHealthIndicator(hub);
  }

  @Bean
  StreamFollower streamFollower(NatsLink link, Streams streams, FeedFactory feeds, Hub hub) {
    return new StreamFollower(link, streams, new LiveFeed(feeds, hub));
  }
}
