package meower.command.text;

import meower.command.event.TextRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The rules of a post hold for events from elsewhere, too. */
@Configuration(proxyBeanMethods = false)
class TextConfiguration {

  @Bean
  TextRules textRules() {
    return TypedText::isAllowed;
  }
}
