import java.util.List;
import java.util.UUID;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.MeowsApi;
import org.openapitools.client.api.SearchApi;
import org.openapitools.client.model.FoundMeow;
import org.openapitools.client.model.Meow;
import org.openapitools.client.model.NewMeow;

/** Posts, lists and searches with what openapi-generator makes of the description: java, native. */
public final class JavaNative {

  public static void main(String[] arguments) throws Exception {
    ApiClient client = new ApiClient();
    client.updateBaseUri(arguments[0]);
    MeowsApi meows = new MeowsApi(client);
    SearchApi search = new SearchApi(client);
    NewMeow text = new NewMeow().body(arguments[1]);

    String key = UUID.randomUUID().toString();
    Meow posted = meows.postMeow(null, key, text);
    check(posted.getBody().equals(arguments[1]), "posted");
    check(posted.getId().equals(meows.postMeow(null, key, text).getId()), "repeated");
    await(
        () ->
            meows.readTimeline(100, null, null, null, null).stream()
                .anyMatch(
                    now ->
                        now.getId().equals(posted.getId())
                            && now.getBody().equals(posted.getBody())
                            && now.getCreatedAt().equals(posted.getCreatedAt())),
        "listed");
    await(() -> isFound(search.search(arguments[1], "newest", 10, null, null), posted), "found");
    try {
      meows.postMeow(null, null, new NewMeow().body(" "));
      check(false, "refused");
    } catch (ApiException e) {
      check(e.getCode() == 400 && e.getResponseBody().contains("/problems/blank"), "refused");
    }
  }

  private static boolean isFound(List<FoundMeow> found, Meow posted) {
    return found.stream()
        .anyMatch(
            meow ->
                meow.getId().equals(posted.getId())
                    && meow.getCreatedAt().equals(posted.getCreatedAt())
                    && meow.getMatches().get(0).getEnd() > meow.getMatches().get(0).getStart());
  }

  private interface Condition {
    boolean isTrue() throws ApiException;
  }

  private static void await(Condition condition, String what) throws Exception {
    for (int i = 0; i < 300 && !condition.isTrue(); i++) {
      Thread.sleep(100);
    }
    check(condition.isTrue(), what);
  }

  private static void check(boolean condition, String what) {
    if (!condition) {
      throw new IllegalStateException("not " + what);
    }
    System.out.println(what);
  }
}
