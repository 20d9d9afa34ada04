package meower.pusher.feed;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import meower.nats.NatsLink;
import meower.stream.Streams;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The feed as the settings want it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FeedProperties.class)
class FeedConfiguration {

  @Bean
  FeedFactory feedFactory(
      NatsLink link, Streams streams, FeedProperties properties, MeterRegistry registry) {
    return new FeedFactory(link, streams, properties, registry, Clock.systemUTC());
  }
}
