package meower.pusher;

import meower.nats.NatsConfiguration;
import meower.web.WebConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** Sends each meow to every browser, the moment the stream has it. */
@SpringBootApplication
@Import({NatsConfiguration.class, WebConfiguration.class})
public class PusherApplication {

  public static void main(String[] args) {
    SpringApplication.run(PusherApplication.class, args);
  }
}
