package meower.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.coyote.http11.Http11NioProtocol;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What is sent to a service just as it stops. */
class StoppingIntegrationTests {

  private static final int TIMEOUT_MILLIS = 10_000;
  private static final AtomicBoolean isStopping = new AtomicBoolean();

  @Test
  void blamesNobodyForWhatItHasNotRead() throws IOException {
    try (ConfigurableApplicationContext service =
        new SpringApplicationBuilder(Service.class)
            .run("--server.port=0", "--spring.config.import=classpath:meower-service.yaml")) {
      int port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
      isStopping.set(true);

      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket
            .getOutputStream()
            .write(
                "GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));

        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .startsWith("HTTP/1.1 503")
            .containsIgnoringCase("\r\nRetry-After: 1\r\n")
            .containsIgnoringCase("\r\nCache-Control: no-store\r\n")
            .contains("application/problem+json", "\"/problems/unavailable\"", "Send it again");
      }
    }
  }

  /** Stops after it has decided to read one more request, and before it has read it. */
  public static final class StoppingProtocol extends Http11NioProtocol {

    @Override
    public int getKeepAliveTimeout() {
      if (isStopping.compareAndSet(true, false)) {
        getEndpoint().pause();
      }
      return super.getKeepAliveTimeout();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(WebConfiguration.class)
  static class Service {

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> stopping() {
      return factory -> factory.setProtocol(StoppingProtocol.class.getName());
    }
  }
}
