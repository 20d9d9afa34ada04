package meower.web.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** With the logging of a service that has been started. */
@ExtendWith(OutputCaptureExtension.class)
class PrintableLogIntegrationTests {

  private static final Logger log = LoggerFactory.getLogger(PrintableLogIntegrationTests.class);
  private static final String FORGED = "12:00:00.000 WARN  forged";

  @Test
  void noLineHasWhatSteersATerminalOrLooksLikeAnotherLine(CapturedOutput output) {
    try (ConfigurableApplicationContext _ = start()) {
      log.info("said=\"{}\"", "a\u009b2J\u202eb\n" + FORGED);
      log.error("state=failed", new IllegalStateException("c\u001b[2J\n" + FORGED));
    }
    assertThat(output)
        .contains("said=\"a\\u{9B}2J\\u{202E}b\\u{A}" + FORGED)
        .contains("IllegalStateException: c\\u{1B}[2J")
        .containsPattern("\n\tat meower")
        .doesNotContainPattern("(?m)^" + FORGED)
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}&&[^\\n\\t]]");
  }

  private static ConfigurableApplicationContext start() {
    return new SpringApplicationBuilder(Nothing.class)
        .web(WebApplicationType.NONE)
        .run("--spring.config.import=classpath:meower-service.yaml");
  }

  @Configuration(proxyBeanMethods = false)
  static class Nothing {}
}
