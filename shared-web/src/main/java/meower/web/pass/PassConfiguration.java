package meower.web.pass;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What a service imports to know who asks. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PassProperties.class)
public class PassConfiguration {

  private static final Logger log = LoggerFactory.getLogger(PassConfiguration.class);

  @Bean
  PassKeys passKeys(PassProperties properties) throws IOException {
    @Nullable Path file = properties.keyFile();
    if (file == null) {
      log.warn("passes=of-this-process setting=meower.passes.key-file");
      return PassKeys.ofThisProcess(Clock.systemUTC());
    }
    return new PassKeys(file, Clock.systemUTC());
  }

  @Bean
  Callers callers(PassKeys keys) {
    return new Callers(keys);
  }
}
