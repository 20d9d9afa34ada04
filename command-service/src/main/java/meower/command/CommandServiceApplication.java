package meower.command;

import java.security.SecureRandom;
import java.time.Clock;
import meower.database.DatabaseConfiguration;
import meower.schema.MeowIdGenerator;
import meower.stream.StreamsConfiguration;
import meower.web.WebConfiguration;
import meower.web.pass.PassConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Starts the command service. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Import({
  DatabaseConfiguration.class,
  StreamsConfiguration.class,
  WebConfiguration.class,
  PassConfiguration.class
})
public class CommandServiceApplication {

  static void main(String[] args) {
    SpringApplication.run(CommandServiceApplication.class, args);
  }

  @Bean
  Clock clock() {
    return Clock.systemUTC();
  }

  @Bean
  MeowIdGenerator meowIdGenerator(Clock clock) {
    return new MeowIdGenerator(clock, new SecureRandom());
  }
}
