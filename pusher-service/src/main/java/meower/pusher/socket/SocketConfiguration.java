package meower.pusher.socket;

import meower.pusher.hub.FeedRequest;
import meower.pusher.hub.Hub;
import meower.pusher.hub.HubProperties;
import meower.web.socket.HandshakeGuard;
import meower.web.socket.StoppingGuard;
import org.apache.catalina.connector.Connector;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.server.standard.ServletServerContainerFactoryBean;

/** The address of the WebSocket, and a container whose connections are small. */
@Configuration(proxyBeanMethods = false)
@EnableWebSocket
@EnableConfigurationProperties(SocketProperties.class)
class SocketConfiguration {

  private static final String PATH = "/pusher";

  /** Connections beyond the subscribers: probes, and those who are told that it is full. */
  private static final int SPARE_CONNECTIONS = 500;

  /**
   * In characters; every connection has a buffer of that size. Browsers send nothing but topics,
   * and what is longer comes in pieces.
   */
  private static final int INCOMING_TEXT = 320;

  /** In bytes; nobody may send any. */
  private static final int INCOMING_BINARY = 128;

  @Bean
  WebSocketConfigurer pusherEndpoint(Hub hub, HubProperties properties) {
    return registry ->
        registry
            .addHandler(new PusherHandler(hub, properties), PATH)
            .addInterceptors(
                new HandshakeGuard(address -> FeedRequest.of(address, properties.maxTopics())),
                new StoppingGuard(
                    hub::isStopping, "The live feed is being restarted: connect again."))
            // The guard decides; the framework's own check does not know proxies that end TLS.
            .setAllowedOriginPatterns("*");
  }

  @Bean
  FilterRegistrationBean<NoCompressionFilter> noCompression() {
    var registration = new FilterRegistrationBean<>(new NoCompressionFilter());
    registration.addUrlPatterns(PATH);
    return registration;
  }

  @Bean
  ServletServerContainerFactoryBean incomingBuffers() {
    ServletServerContainerFactoryBean container = new ServletServerContainerFactoryBean();
    container.setMaxTextMessageBufferSize(INCOMING_TEXT);
    container.setMaxBinaryMessageBufferSize(INCOMING_BINARY);
    return container;
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> smallConnections(
      HubProperties properties, SocketProperties sockets) {
    return factory -> {
      factory.setProtocol(ForgettingProtocol.class.getName());
      factory.addConnectorCustomizers(c -> makeSmall(c, properties, sockets));
    };
  }

  private static void makeSmall(
      Connector connector, HubProperties properties, SocketProperties sockets) {
    int connections = properties.maxConnections() + SPARE_CONNECTIONS;
    connector.setProperty("maxConnections", Integer.toString(connections));
    connector.setProperty("socket.appReadBufSize", "512");
    // Where frames are put together that do not lie beside each other; and what a slow browser
    // takes at once.
    connector.setProperty("socket.appWriteBufSize", "1024");
    connector.setProperty("socket.txBufSize", Long.toString(sockets.sendBuffer().toBytes()));
    // A reused buffer could still be written to by the writer of the browser that it served before.
    connector.setProperty("socket.bufferPool", "0");
    // With it a write that timed out is waited for a second time when the session is closed.
    connector.setProperty("useAsyncIO", "false");
  }
}
