package meower.pusher.socket;

import jakarta.websocket.Session;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import meower.pusher.hub.BrowserSession;
import meower.pusher.hub.FeedRequest;
import meower.pusher.hub.Hub;
import meower.pusher.hub.HubProperties;
import meower.web.Client;
import org.apache.tomcat.websocket.EncodedFrames;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/** Tells the hub what happens on the WebSocket connections. */
final class PusherHandler implements WebSocketHandler {

  private static final Logger log = LoggerFactory.getLogger(PusherHandler.class);

  private final Hub hub;
  private final HubProperties properties;

  PusherHandler(Hub hub, HubProperties properties) {
    this.hub = hub;
    this.properties = properties;
  }

  @Override
  public void afterConnectionEstablished(WebSocketSession session) throws IOException {
    Session nativeSession = ((NativeWebSocketSession) session).getNativeSession(Session.class);
    if (nativeSession == null) {
      throw new IllegalStateException("no session of the container");
    }
    BrowserSession browser =
        new BrowserSession(nativeSession, output(nativeSession), properties.stallTimeout());
    FeedRequest request = FeedRequest.of(session.getUri(), properties.maxTopics());
    hub.join(session.getId(), browser, request, client(session));
  }

  /** The proxy in front has said it with the handshake. */
  private static Client client(WebSocketSession session) {
    InetSocketAddress address = session.getRemoteAddress();
    return Client.of(address == null ? "" : address.getHostString());
  }

  private static BrowserSession.Output output(Session session) {
    EncodedFrames frames = EncodedFrames.of(session);
    return new BrowserSession.Output() {
      @Override
      public void write(List<ByteBuffer> pieces, Duration timeout) throws IOException {
        frames.write(pieces, timeout);
      }

      @Override
      public boolean isOver() {
        return frames.isOver();
      }

      @Override
      public long received() {
        return frames.received();
      }
    };
  }

  @Override
  public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) {
    switch (message) {
      case PongMessage _ -> hub.ponged(session.getId());
      case TextMessage text -> hub.received(session.getId(), text.getPayload(), text.isLast());
      default -> hub.broke(session.getId());
    }
  }

  @Override
  public void handleTransportError(WebSocketSession session, Throwable exception) {
    log.debug("session={} failed", session.getId(), exception);
  }

  @Override
  public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
    log.debug("session={} closed={}", session.getId(), status);
    hub.leave(session.getId());
  }

  /** What is too long or forbidden is refused with its first piece, whatever its size. */
  @Override
  public boolean supportsPartialMessages() {
    return true;
  }
}
