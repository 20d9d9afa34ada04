package meower.stream.signing;

import java.io.IOException;
import java.nio.file.Path;
import meower.schema.signing.EventSignatures;
import meower.signing.KeyFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The signatures of events. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EventsProperties.class)
public class SigningConfiguration {

  private static final Logger log = LoggerFactory.getLogger(SigningConfiguration.class);

  @Bean
  EventSignatures eventSignatures(EventsProperties properties) throws IOException {
    @Nullable Path file = properties.keyFile();
    if (file == null) {
      log.warn("events=unsigned setting=meower.events.key-file");
      return EventSignatures.NONE;
    }
    return new EventSignatures(KeyFile.read(file));
  }
}
