package meower.bench.push.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import meower.bench.lab.BareNginx;
import meower.bench.push.client.Way;
import meower.standalone.process.DataFolder;

/**
 * An nginx in front of a peer, with as many buffers for WebSockets as Meower's has, and none of its
 * limits.
 */
public final class SocketProxy extends BareNginx {

  private final int port;
  private final Way peer;

  /**
   * @param peer over WebSockets
   */
  public SocketProxy(DataFolder data, int port, Way peer) {
    super("nginx-sockets", data);
    this.port = port;
    this.peer = peer;
  }

  /** Returns the way to the peer through it. */
  public Way way() {
    return peer.at(port).named(peer.name() + ", through nginx");
  }

  @Override
  protected String http(Path directory) {
    return """
    access_log off;
    server {
      listen 127.0.0.1:%d backlog=4096 sndbuf=128k;
      location / {
        proxy_http_version 1.1;
        proxy_set_header Host $http_host;
        proxy_set_header Connection upgrade;
        proxy_set_header Upgrade $http_upgrade;
        proxy_read_timeout 90s;
        proxy_send_timeout 90s;
        proxy_buffering off;
        proxy_buffer_size 4k;
        proxy_pass http://127.0.0.1:%d;
      }
    }
    """
        .formatted(port, peer.port());
  }

  @Override
  public boolean isReady() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException _) {
      return false;
    }
  }
}
