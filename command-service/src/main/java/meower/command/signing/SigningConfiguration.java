package meower.command.signing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import meower.signing.KeyFile;
import meower.signing.Signatures;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The signatures of this service, which nobody else verifies. */
@Configuration(proxyBeanMethods = false)
class SigningConfiguration {

  private static final Logger log = LoggerFactory.getLogger(SigningConfiguration.class);

  @Bean
  Signatures signatures(SigningProperties properties) throws IOException {
    @Nullable Path file = properties.keyFile();
    if (file == null) {
      log.warn("signing=of-this-process setting=meower.signing.key-file");
      return new Signatures(List.of(KeyFile.random()));
    }
    return new Signatures(KeyFile.read(file));
  }
}
