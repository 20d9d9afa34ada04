package meower.query.head;

import java.time.Clock;
import meower.nats.NatsLink;
import meower.stream.StreamFollower;
import meower.stream.Streams;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps the head of the timeline up to date. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TimelineProperties.class)
class TimelineConfiguration {

  @Bean
  StreamFollower timelineFollower(NatsLink link, Streams streams, TimelineHead head) {
    return new StreamFollower(link, streams, head);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }
}
