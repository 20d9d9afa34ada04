package meower.pusher;

import meower.stream.StreamsConfiguration;
import meower.web.WebConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/** Sends each meow to every browser, the moment the stream has it. */
@SpringBootApplication
@Import({StreamsConfiguration.class, WebConfiguration.class})
public class PusherApplication {

  private static final String SOCKET_BUFFERS = "org.apache.tomcat.websocket.DEFAULT_BUFFER_SIZE";

  public static void main(String[] args) {
    // Every connection has three of them, of 8 KB if nobody says otherwise. What browsers send and
    // the container answers is short; the meows go past them.
    System.setProperty(SOCKET_BUFFERS, System.getProperty(SOCKET_BUFFERS, "512"));
    SpringApplication.run(PusherApplication.class, args);
  }
}
