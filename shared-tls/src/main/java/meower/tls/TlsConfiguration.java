package meower.tls;

import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Whom a service believes. One that cannot know does not start. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TlsProperties.class)
public class TlsConfiguration {

  @Bean
  Trust trust(TlsProperties properties) {
    @Nullable Path ca = properties.ca();
    return ca == null ? Trust.ofTheJdk() : Trust.of(ca, Clock.systemUTC());
  }
}
