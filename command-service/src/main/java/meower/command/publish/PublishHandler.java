package meower.command.publish;

import jakarta.websocket.Session;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import meower.command.trail.Sender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.SubProtocolCapable;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/** Tells the sockets what happens on their connections. */
final class PublishHandler implements WebSocketHandler, SubProtocolCapable {

  /** In the attributes of a session: who has opened it, a {@link Sender}. */
  static final String SENDER = "sender";

  private static final Logger log = LoggerFactory.getLogger(PublishHandler.class);
  private static final String SEND_TIMEOUT = "org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT";

  /** In characters; a body of 140 of the longest ones, escaped, has a tenth of that. */
  private static final int MOST_TEXT = 16 * 1024;

  /** In bytes; nobody may send any. */
  private static final int MOST_BINARY = 128;

  private final PublishSockets sockets;
  private final long stallMillis;

  PublishHandler(PublishSockets sockets, long stallMillis) {
    this.sockets = sockets;
    this.stallMillis = stallMillis;
  }

  @Override
  public List<String> getSubProtocols() {
    return List.of(FrameFormat.SUBPROTOCOL);
  }

  @Override
  public void afterConnectionEstablished(WebSocketSession session) throws IOException {
    session.setTextMessageSizeLimit(MOST_TEXT);
    session.setBinaryMessageSizeLimit(MOST_BINARY);
    NativeWebSocketSession container = (NativeWebSocketSession) session;
    Objects.requireNonNull(container.getNativeSession(Session.class))
        .getUserProperties()
        .put(SEND_TIMEOUT, stallMillis);
    Sender sender = (Sender) Objects.requireNonNull(session.getAttributes().get(SENDER));
    sockets.join(session, sender);
  }

  @Override
  public void handleMessage(WebSocketSession session, WebSocketMessage<?> message)
      throws InterruptedException {
    switch (message) {
      case PongMessage _ -> sockets.ponged(session);
      case TextMessage text -> sockets.received(session, text.getPayload());
      default -> sockets.broke(session);
    }
  }

  @Override
  public void handleTransportError(WebSocketSession session, Throwable exception) {
    log.debug("session={} failed", session.getId(), exception);
  }

  @Override
  public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
    log.debug("session={} closed={}", session.getId(), status);
    sockets.leave(session);
  }

  @Override
  public boolean supportsPartialMessages() {
    return false;
  }
}
