package meower.stream;

import meower.nats.NatsConfiguration;
import meower.nats.NatsLink;
import meower.nats.NatsProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What a service imports to talk to NATS and to work with the streams. */
@Configuration(proxyBeanMethods = false)
@Import(NatsConfiguration.class)
public class StreamsConfiguration {

  @Bean
  Streams streams(NatsLink link, NatsProperties properties) {
    return new Streams(link, properties);
  }

  @Bean
  QuorumWatch quorumWatch(NatsLink link, Streams streams, NatsProperties properties) {
    return new QuorumWatch(link, streams, properties);
  }
}
