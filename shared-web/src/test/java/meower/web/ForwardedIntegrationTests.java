package meower.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whom a service believes when it is told for whom somebody asks. */
class ForwardedIntegrationTests {

  @Test
  void believesTheProxyOnItsOwnMachine() throws IOException {
    try (ConfigurableApplicationContext service = service()) {
      assertThat(ask(service, "127.0.0.1")).endsWith("client=198.51.100.7");
    }
  }

  @Test
  void believesNobodyElse() throws IOException {
    try (ConfigurableApplicationContext service =
        service("--server.tomcat.remoteip.internal-proxies=127.0.0.1/32")) {
      assertThat(ask(service, "127.0.0.1")).endsWith("client=198.51.100.7");
      assertThat(ask(service, "127.0.0.2")).endsWith("client=127.0.0.2");
    }
  }

  @Test
  void believesNoPrivateNetworkThatNobodyNamed() {
    try (ConfigurableApplicationContext service = service()) {
      assertThat(service.getEnvironment().getProperty("server.tomcat.remoteip.internal-proxies"))
          .isEqualTo("127.0.0.0/8, ::1/128");
    }
  }

  private static ConfigurableApplicationContext service(String... more) {
    String[] all = new String[more.length + 2];
    all[0] = "--server.port=0";
    all[1] = "--spring.config.import=classpath:meower-service.yaml";
    System.arraycopy(more, 0, all, 2, more.length);
    return new SpringApplicationBuilder(Service.class).run(all);
  }

  private static String ask(ConfigurableApplicationContext service, String from)
      throws IOException {
    int port = service.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(from, 0));
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket
          .getOutputStream()
          .write(
              "GET /who HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 198.51.100.7\r\nConnection: close\r\n\r\n"
                  .getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1).strip();
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import({WebConfiguration.class, Who.class})
  static class Service {}

  @RestController
  static class Who {

    @GetMapping("/who")
    byte[] who(HttpServletRequest request) {
      return ("client=" + Client.of(request).name()).getBytes(ISO_8859_1);
    }
  }
}
