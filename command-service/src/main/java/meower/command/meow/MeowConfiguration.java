package meower.command.meow;

import meower.command.event.TextRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The rules as the settings want them. */
@Configuration(proxyBeanMethods = false)
class MeowConfiguration {

  @Bean
  TextRules textRules() {
    return TypedText::isAllowed;
  }

  @Bean
  ChangeRules changeRules(MeowProperties properties) {
    return new ChangeRules(properties.editWindow());
  }
}
