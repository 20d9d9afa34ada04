package meower.bench.post.peer;

import io.nats.client.Connection;
import io.nats.client.Nats;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * A command service as tutorials write it: a controller, one {@code INSERT} and an event over core
 * NATS, each with the defaults of its library. It keeps no promise between the two: an event is
 * lost with the process, and a post that is repeated is there twice.
 *
 * <p>A process of its own; {@link Tutorial} starts it.
 */
@SpringBootApplication
@RestController
public class TutorialApplication {

  private static final String INSERT =
      "INSERT INTO " + Tutorial.TABLE + " (id, body, created_at) VALUES (?, ?, ?::timestamptz)";

  private final JdbcTemplate jdbc;
  private final Connection nats;
  private final JsonMapper json;

  /** What is posted. */
  public record NewMeow(String body) {}

  /** What is answered and published. */
  public record Meow(String id, String body, Instant createdAt) {}

  TutorialApplication(JdbcTemplate jdbc, Connection nats, JsonMapper json) {
    this.jdbc = jdbc;
    this.nats = nats;
    this.json = json;
  }

  /** Starts it. */
  public static void main(String[] arguments) {
    SpringApplication.run(TutorialApplication.class, arguments);
  }

  @Bean
  static Connection nats(@Value("${nats.url}") String url)
      throws IOException, InterruptedException {
    return Nats.connect(url);
  }

  /** Stores a meow and publishes that it was created. */
  @PostMapping("/meows")
  @ResponseStatus(HttpStatus.CREATED)
  public Meow post(@RequestBody NewMeow posted) {
    Meow meow = new Meow(UUID.randomUUID().toString(), posted.body(), Instant.now());
    jdbc.update(INSERT, meow.id(), meow.body(), meow.createdAt().toString());
    nats.publish("meow.created", json.writeValueAsBytes(meow));
    return meow;
  }
}
