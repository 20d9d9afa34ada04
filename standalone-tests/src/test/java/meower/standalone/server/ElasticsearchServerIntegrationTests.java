package meower.standalone.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import meower.standalone.process.DataFolder;
import meower.standalone.process.Ports;
import meower.standalone.stack.ProjectLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ElasticsearchServerIntegrationTests {
  @TempDir Path folder;

  @Test
  void keepsADocumentThroughAKill() throws Exception {
    try (var elasticsearch =
        new ElasticsearchServer(
            ProjectLayout.find().elasticsearchHome(),
            new DataFolder(folder.resolve("a folder")),
            Ports.free(),
            Ports.free(),
            "256m")) {
      elasticsearch.start();
      send(elasticsearch, "PUT", "/notes/_doc/1", "{\"note\": \"hello\"}");
      elasticsearch.kill();
      assertThat(elasticsearch.isReady()).isFalse();
      elasticsearch.start();
      assertThat(send(elasticsearch, "GET", "/notes/_doc/1", "")).contains("hello");
    }
  }

  private static String send(ElasticsearchServer server, String method, String path, String body)
      throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(server.url() + path))
              .header("Content-Type", "application/json")
              .method(method, HttpRequest.BodyPublishers.ofString(body))
              .build();
      return client.send(request, BodyHandlers.ofString()).body();
    }
  }
}
