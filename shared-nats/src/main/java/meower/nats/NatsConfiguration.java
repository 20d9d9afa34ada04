package meower.nats;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The connection to NATS. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NatsProperties.class)
public class NatsConfiguration {

  @Bean
  NatsLink natsLink(
      NatsProperties properties, @Value("${spring.application.name}") String clientName) {
    return new NatsLink(properties, clientName);
  }

  @Bean
  NatsHealthIndicator natsHealthIndicator(NatsLink link) {
    return new NatsHealthIndicator(link);
  }
}
