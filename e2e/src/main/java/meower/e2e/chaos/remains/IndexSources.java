package meower.e2e.chaos.remains;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import meower.e2e.access.Transport;
import meower.standalone.stack.Login;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The documents of all indexes of Elasticsearch, as they were given to it. */
record IndexSources(Supplier<Login> login, Supplier<Transport> transport) implements Place {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int FETCHED = 2_000;
  private static final String ALL = "/meows*/%s?expand_wildcards=all";
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  @Override
  public String name() {
    return "_source of Elasticsearch";
  }

  @Override
  public Set<String> search(Words words) throws IOException, InterruptedException {
    var found = new TreeSet<String>();
    var page =
        JSON.readTree(
            send("GET", ALL.formatted("_search") + "&scroll=1m&sort=_doc&size=" + FETCHED, ""));
    while (!hits(page).isEmpty()) {
      found.addAll(words.in(hits(page).toString()));
      var next = Map.of("scroll", "1m", "scroll_id", page.get("_scroll_id").stringValue());
      page = JSON.readTree(send("POST", "/_search/scroll", JSON.writeValueAsString(next)));
    }
    // Else it would keep the files of old segments for a minute more.
    var all = Map.of("scroll_id", page.get("_scroll_id").stringValue());
    send("DELETE", "/_search/scroll", JSON.writeValueAsString(all));
    return found;
  }

  private static JsonNode hits(JsonNode page) {
    return page.get("hits").get("hits");
  }

  /**
   * Makes it write every segment anew that has something deleted, and forget the log of its writes.
   *
   * @return how many deleted documents there still are
   */
  long compact() throws IOException, InterruptedException {
    send(
        "PUT",
        ALL.formatted("_settings"),
        "{\"index.merge.policy.expunge_deletes_allowed\": 0}"); // 10 % of them would stay
    send("POST", ALL.formatted("_flush") + "&force=true", "");
    send("POST", ALL.formatted("_forcemerge") + "&only_expunge_deletes=true", "");
    send("POST", ALL.formatted("_flush") + "&force=true", "");
    send("POST", ALL.formatted("_refresh"), "");
    return JSON.readTree(send("GET", ALL.formatted("_stats/docs"), ""))
        .get("_all")
        .get("primaries")
        .get("docs")
        .get("deleted")
        .longValue();
  }

  private String send(String method, String path, String body)
      throws IOException, InterruptedException {
    var server = login.get();
    try (var http = transport.get().http().build()) {
      var request =
          HttpRequest.newBuilder(URI.create(server.url() + path))
              .header("Authorization", server.authorization())
              .timeout(TIMEOUT)
              .header("Content-Type", "application/json")
              .method(
                  method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
              .build();
      var answer = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (answer.statusCode() != 200) {
        throw new IOException(method + " " + path + ": " + answer.body());
      }
      return answer.body();
    } catch (HttpTimeoutException e) {
      throw new IOException(method + " " + path + ": no answer within " + TIMEOUT, e);
    }
  }
}
