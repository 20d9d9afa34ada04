package meower.command.change;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The rules as the settings want them. */
@Configuration(proxyBeanMethods = false)
class ChangeConfiguration {

  @Bean
  ChangeRules changeRules(MeowProperties properties) {
    return new ChangeRules(properties.editWindow());
  }
}
