package meower.e2e.chaos.load;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import meower.e2e.chaos.history.FeedPosition;
import meower.e2e.chaos.history.MeowNow;
import meower.e2e.chaos.history.SeenMeow;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came back over HTTP. */
public record Answer(HttpResponse<String> response) {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Pattern NEXT = Pattern.compile("<([^>]*)>; *rel=\"?next\"?");

  public int status() {
    return response.statusCode();
  }

  /** Whether it says in the words of the contract that there is no answer now. */
  public boolean isProperRefusal() {
    return status() == 503
        && header("Retry-After").isPresent()
        && header("Content-Type").filter("application/problem+json"::equals).isPresent();
  }

  public SeenMeow meow() {
    return SeenMeow.of(json());
  }

  public List<SeenMeow> meows() {
    return json().valueStream().map(SeenMeow::of).toList();
  }

  /** Of those that were asked for by their ids, each as it is now. */
  public List<MeowNow> meowsNow() {
    return json().valueStream().map(MeowNow::of).toList();
  }

  /** The texts that a meow has had, as what was shown of it. */
  public List<SeenMeow> history(SeenMeow meow) {
    return json()
        .valueStream()
        .map(text ->
            new SeenMeow(
                meow.id(),
                text.get("body").stringValue(),
                meow.createdAt(),
                text.get("revision").intValue()))
        .toList();
  }

  /** What the meow of an answer to a post can be changed with. */
  String undo() {
    return header("Meower-Undo").orElseThrow(() -> new IllegalArgumentException("no Meower-Undo"));
  }

  public FeedPosition position() {
    return FeedPosition.parse(
        header("Meower-Position")
            .orElseThrow(() -> new IllegalArgumentException("no Meower-Position")));
  }

  /** The address of the next page. */
  public Optional<String> next() {
    var matcher = NEXT.matcher(String.join(",", response.headers().allValues("Link")));
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private Optional<String> header(String name) {
    return response.headers().firstValue(name);
  }

  /** The whole body. */
  public JsonNode json() {
    return JSON.readTree(response.body());
  }

  @Override
  public String toString() {
    String body = response.body();
    return status() + " " + body.substring(0, Math.min(body.length(), 200)).strip();
  }
}
