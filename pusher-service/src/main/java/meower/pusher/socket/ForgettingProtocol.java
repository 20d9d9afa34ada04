package meower.pusher.socket;

import org.apache.coyote.Processor;
import org.apache.coyote.UpgradeToken;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP whose upgraded connections forget their handshake. Tomcat creates it by its name.
 *
 * <p>Tomcat's own leaves the reader of the handshake tied to the connection, and with it the
 * request, the response and all their buffers: 60 KB for as long as the WebSocket is open. Only TLS
 * would ask that reader again, and the pusher speaks none.
 */
public final class ForgettingProtocol extends Http11NioProtocol {

  @Override
  protected Processor createUpgradeProcessor(SocketWrapperBase<?> socket, UpgradeToken upgrade) {
    socket.setAppReadBufHandler(null);
    return super.createUpgradeProcessor(socket, upgrade);
  }
}
