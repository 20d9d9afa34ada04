package meower.query.index;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** States the mapping in one place, so that a test can be the next version of the service. */
@Configuration(proxyBeanMethods = false)
class IndexConfiguration {

  @Bean
  Mapping mapping() {
    return Mapping.CURRENT;
  }
}
