package meower.bench.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Executables;
import meower.standalone.process.Http;
import meower.standalone.process.Unprivileged;
import meower.standalone.server.Launch;
import meower.standalone.server.Server;

/**
 * An nginx of its own that sends one file, with as many workers and the same log as Meower's, and
 * like that one it keeps the file open.
 */
public final class FileServer extends Server {

  private final Path directory;
  private final int port;
  private final byte[] content;

  /**
   * @param content of the file {@code /file.json}
   */
  public FileServer(DataFolder data, int port, byte[] content) {
    super("nginx-file", data);
    this.directory = data.of("nginx-file");
    this.port = port;
    this.content = content.clone();
  }

  @Override
  protected Launch prepare() throws IOException, InterruptedException {
    Files.createDirectories(directory.resolve("files"));
    Files.write(directory.resolve("files/file.json"), content);
    Path configuration = directory.resolve("nginx.conf");
    Files.writeString(
        configuration,
        """
        daemon off;
        worker_processes auto;
        pid "%1$s/nginx.pid";
        error_log stderr warn;
        events { worker_connections 20000; }
        http {
          client_body_temp_path "%1$s/body";
          proxy_temp_path "%1$s/proxy";
          fastcgi_temp_path "%1$s/fastcgi";
          uwsgi_temp_path "%1$s/uwsgi";
          scgi_temp_path "%1$s/scgi";
          types { application/json json; }
          sendfile on;
          tcp_nopush on;
          log_format like_meower '{"time":"$time_iso8601","request_id":"$request_id","client":"$remote_addr",'
              '"method":"$request_method","path":"$uri","status":$status,"bytes":$body_bytes_sent}';
          access_log "%1$s/access.log" like_meower;
          open_file_cache max=64 inactive=1s;
          server {
            listen 127.0.0.1:%2$d;
            root "%1$s/files";
          }
        }
        """
            .formatted(directory, port));
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
    return Http.isOk("http://127.0.0.1:" + port + "/file.json");
  }

  @Override
  protected Duration startTimeout() {
    return Duration.ofSeconds(20);
  }
}
