package meower.nats;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a service imports to talk to NATS. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NatsProperties.class)
public class NatsConfiguration {

  @Bean
  NatsLink natsLink(
      NatsProperties properties, @Value("${spring.application.name}") String clientName) {
    return new NatsLink(properties, clientName);
  }

  @Bean
  Streams streams(NatsLink link, NatsProperties properties) {
    return new Streams(link, properties);
  }

  @Bean
  QuorumWatch quorumWatch(NatsLink link, Streams streams, NatsProperties properties) {
    return new QuorumWatch(link, streams, properties);
  }

  @Bean
  NatsHealthIndicator natsHealthIndicator(NatsLink link) {
    return new NatsHealthIndicator(link);
  }
}
