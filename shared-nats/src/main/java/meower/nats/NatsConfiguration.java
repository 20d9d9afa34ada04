package meower.nats;

import meower.tls.TlsConfiguration;
import meower.tls.Trust;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The connection to NATS. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({NatsProperties.class, NatsLogin.class})
@Import(TlsConfiguration.class)
public class NatsConfiguration {

  @Bean
  NatsLink natsLink(
      NatsProperties properties,
      NatsLogin login,
      Trust trust,
      @Value("${spring.application.name}") String clientName) {
    return new NatsLink(properties, login, trust, clientName);
  }

  @Bean
  NatsHealthIndicator natsHealthIndicator(NatsLink link) {
    return new NatsHealthIndicator(link);
  }
}
