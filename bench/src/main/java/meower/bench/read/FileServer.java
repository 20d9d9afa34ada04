package meower.bench.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import meower.bench.lab.BareNginx;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Http;

/**
 * An nginx of its own that sends one file, with the same log as Meower's, and like that one it
 * keeps the file open.
 */
final class FileServer extends BareNginx {

  private final int port;
  private final byte[] content;

  /**
   * @param content of the file {@code /file.json}
   */
  FileServer(DataFolder data, int port, byte[] content) {
    super("nginx-file", data);
    this.port = port;
    this.content = content.clone();
  }

  @Override
  protected String http(Path directory) throws IOException {
    Path files = Files.createDirectories(directory.resolve("files"));
    Files.write(files.resolve("file.json"), content);
    return """
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
    """
        .formatted(directory, port);
  }

  @Override
  public boolean isReady() {
    return Http.isOk("http://127.0.0.1:" + port + "/file.json");
  }
}
