package meower.program;

import java.security.SecureRandom;
import java.time.Clock;
import meower.database.DatabaseConfiguration;
import meower.database.MissingDatabase;
import meower.schema.MeowIdGenerator;
import meower.stream.StreamsConfiguration;
import meower.web.WebConfiguration;
import meower.web.pass.PassConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Starts the program service. */
@SpringBootApplication
@ConfigurationPropertiesScan
@Import({
  DatabaseConfiguration.class,
  PassConfiguration.class,
  StreamsConfiguration.class,
  WebConfiguration.class
})
public class ProgramServiceApplication {

  static void main(String[] args) {
    SpringApplication.run(ProgramServiceApplication.class, args);
  }

  @Bean
  MissingDatabase missingDatabase(JdbcConnectionDetails database) {
    return new MissingDatabase(database, "program-service migration");
  }

  @Bean
  MeowIdGenerator messageIds() {
    return new MeowIdGenerator(Clock.systemUTC(), new SecureRandom());
  }
}
