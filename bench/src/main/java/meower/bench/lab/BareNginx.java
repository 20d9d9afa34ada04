package meower.bench.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import meower.standalone.process.DataFolder;
import meower.standalone.server.Launch;
import meower.standalone.server.Nginx;
import meower.standalone.server.Server;

/** An nginx of its own, with as many workers and connections as Meower's has. */
public abstract class BareNginx extends Server {

  private final Path directory;

  protected BareNginx(String name, DataFolder data) {
    super(name, data);
    directory = data.of(name);
  }

  /**
   * Returns what stands in its block {@code http}.
   *
   * @param directory its folder, which is there
   */
  protected abstract String http(Path directory) throws IOException;

  @Override
  protected final Launch prepare() throws IOException, InterruptedException {
    Files.createDirectories(directory);
    return Nginx.launch(
        directory,
        directory,
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
        %2$s
        }
        """
            .formatted(directory, http(directory).indent(2)));
  }

  @Override
  protected final Duration startTimeout() {
    return Duration.ofSeconds(20);
  }
}
