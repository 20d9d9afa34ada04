package meower.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Many who come at the same moment. */
class BacklogIntegrationTests {

  private static final int AT_ONCE = 1_000;
  private static final int TIMEOUT_MILLIS = 5_000;

  @Test
  void letsThoseWaitWhoComeFasterThanTheyAreTaken() throws IOException {
    // It takes two connections and no more: all others have to find room before it.
    try (ConfigurableApplicationContext service =
        new SpringApplicationBuilder(Service.class)
            .run(
                "--server.port=0",
                "--spring.config.import=classpath:meower-service.yaml",
                "--server.tomcat.max-connections=2")) {
      int port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
      assertThat(connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)))
          .isEqualTo(AT_ONCE);
    }
  }

  /** Returns how many found room; nobody goes away before all have come. */
  private static int connect(InetSocketAddress address) throws IOException {
    List<Socket> sockets = new ArrayList<>();
    try {
      while (sockets.size() < AT_ONCE) {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.connect(address, TIMEOUT_MILLIS);
      }
      return sockets.size();
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(WebConfiguration.class)
  static class Service {}
}
