package meower.command.publish;

import meower.web.pass.Callers;
import meower.web.socket.HandshakeGuard;
import meower.web.socket.StoppingGuard;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;

/** The address of the socket. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
class PublishConfiguration {

  private static final String PATH = "/publish";

  @Bean
  WebSocketConfigurer publishEndpoint(
      PublishSockets sockets, PublishProperties properties, Callers callers) {
    return registry ->
        registry
            .addHandler(new PublishHandler(sockets, properties.stallTimeout().toMillis()), PATH)
            .addInterceptors(
                new HandshakeGuard(_ -> {}),
                new StoppingGuard(
                    sockets::isStopping, "This instance is being stopped: connect again."),
                new PassGuard(callers))
            // The guard decides; the framework's own check does not know proxies that end TLS.
            .setAllowedOriginPatterns("*");
  }
}
