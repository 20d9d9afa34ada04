package meower.bench.push.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import meower.bench.push.client.Way;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Executables;
import meower.standalone.process.Unprivileged;
import meower.standalone.server.Launch;
import meower.standalone.server.Server;

/**
 * An nginx in front of a peer, with as many workers, connections and buffers for WebSockets as
 * Meower's has, and none of its limits.
 */
public final class SocketProxy extends Server {

  private final Path directory;
  private final int port;
  private final Way peer;

  /**
   * @param peer over WebSockets
   */
  public SocketProxy(DataFolder data, int port, Way peer) {
    super("nginx-sockets", data);
    this.directory = data.of("nginx-sockets");
    this.port = port;
    this.peer = peer;
  }

  /** Returns the way to the peer through it. */
  public Way way() {
    return peer.at(port).named(peer.name() + ", through nginx");
  }

  @Override
  protected Launch prepare() throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Path configuration = directory.resolve("nginx.conf");
    Files.writeString(
        configuration,
        """
        daemon off;
        worker_processes auto;
        worker_rlimit_nofile 20000;
        pid "%1$s/nginx.pid";
        error_log stderr warn;
        events { worker_connections 20000; }
        http {
          client_body_temp_path "%1$s/body";
          proxy_temp_path "%1$s/proxy";
          fastcgi_temp_path "%1$s/fastcgi";
          uwsgi_temp_path "%1$s/uwsgi";
          scgi_temp_path "%1$s/scgi";
          access_log off;
          server {
            listen 127.0.0.1:%2$d backlog=4096 sndbuf=128k;
            location / {
              proxy_http_version 1.1;
              proxy_set_header Host $http_host;
              proxy_set_header Connection upgrade;
              proxy_set_header Upgrade $http_upgrade;
              proxy_read_timeout 90s;
              proxy_send_timeout 90s;
              proxy_buffering off;
              proxy_buffer_size 4k;
              proxy_pass http://127.0.0.1:%3$d;
            }
          }
        }
        """
            .formatted(directory, port, peer.port()));
    List<String> command = new ArrayList<>(Unprivileged.prefix(directory, directory));
    command.addAll(
        List.of(
            Executables.require("nginx").toString(),
            "-e",
            "stderr",
            "-p",
            directory + "/",
            "-c",
            configuration.toString()));
    return new Launch(command, directory);
  }

  @Override
  public boolean isReady() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  protected Duration startTimeout() {
    return Duration.ofSeconds(20);
  }
}
