package meower.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a programmer does with Meower's HTTP interface. */
public final class Api {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>; *rel=\"?next\"?");

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String url;

  public Api(String url) {
    this.url = url;
  }

  public HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return send(
        request("/meows")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(new Post(body)))));
  }

  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url).resolve(path)).timeout(Duration.ofSeconds(20));
  }

  /** Reads the whole timeline, page by page along the next links; newest first. */
  public List<Meow> timeline(int take) throws IOException, InterruptedException {
    List<Meow> all = new ArrayList<>();
    @Nullable String path = "/meows?take=" + take;
    while (path != null) {
      HttpResponse<String> page = get(path);
      all.addAll(meows(page));
      path = next(page);
    }
    return all;
  }

  /** Reads all that a search finds, page by page; best first. */
  public List<Meow> search(String query) throws IOException, InterruptedException {
    List<Meow> all = new ArrayList<>();
    List<Meow> page;
    do {
      page = meows(get("/search?take=500&skip=" + all.size() + "&query=" + encode(query)));
      all.addAll(page);
    } while (!page.isEmpty());
    return all;
  }

  static List<Meow> meows(HttpResponse<String> answer) {
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
    return json(answer).valueStream().map(Meow::of).toList();
  }

  public static JsonNode json(HttpResponse<String> answer) {
    return JSON.readTree(answer.body());
  }

  public static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static @Nullable String next(HttpResponse<String> page) {
    Matcher matcher = NEXT.matcher(String.join(",", page.headers().allValues("Link")));
    return matcher.find() ? matcher.group(1) : null;
  }

  private record Post(String body) {}

  /** A meow as it stands in an answer or a frame. */
  public record Meow(String id, String body) {

    static Meow of(JsonNode json) {
      return new Meow(json.get("id").stringValue(), json.get("body").stringValue());
    }
  }
}
