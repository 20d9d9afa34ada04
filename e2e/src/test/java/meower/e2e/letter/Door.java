package meower.e2e.letter;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * An address and a method, as a client uses it.
 *
 * @param content what it sends, JSON; nothing if that is empty
 * @param answers the media type of what it gets
 */
record Door(String method, String path, String content, String answers) {

  private static final String JSON = "application/json";

  /** Those of a meow, a queue and the presence of a program, deletions last. */
  static List<Door> all(String meow, String queue, String program) {
    return Stream.concat(
            Stream.of(
                new Door("POST", "/meows", "{\"body\":\"unwantedletter\"}", JSON),
                new Door("PUT", "/meows/" + meow, "{\"body\":\"unwantedletter\"}", JSON),
                get("/meows", JSON),
                get("/meows?take=50", JSON),
                get("/meows?take=2", JSON),
                get("/meows/" + meow, JSON),
                get("/meows/" + meow + "/history", JSON),
                get("/search?query=letter", JSON),
                get("/feed.atom", "application/atom+xml"),
                get("/feed.json", "application/feed+json"),
                get("/events", "text/event-stream"),
                new Door("DELETE", "/meows/" + meow, "", JSON)),
            ofPrograms(queue, program))
        .toList();
  }

  private static Stream<Door> ofPrograms(String queue, String program) {
    String at = "/queues/" + queue;
    String leases = "{\"leases\":[\"x\"]}";
    return Stream.of(
        new Door("PUT", at, "{\"lease\":\"1m\"}", JSON),
        get("/queues", JSON),
        get(at, JSON),
        new Door("POST", at + "/publish", "\"unwanted\"", JSON),
        new Door("POST", at + "/publish/batch", "{\"messages\":[{\"body\":\"unwanted\"}]}", JSON),
        new Door("POST", at + "/fetch", "", JSON),
        new Door("POST", at + "/acknowledge/x", "", JSON),
        new Door("POST", at + "/acknowledge", leases, JSON),
        new Door("POST", at + "/requeue", leases, JSON),
        new Door("POST", at + "/reject", leases, JSON),
        new Door("POST", at + "/extend", leases, JSON),
        new Door("POST", at + "/push/rotate-secret", "", JSON),
        new Door("POST", at + "/push/resume", "", JSON),
        new Door("POST", at + "/push/test", "", JSON),
        get(at + "/dead-letters", JSON),
        new Door("POST", at + "/dead-letters/requeue", "{\"all\":true}", JSON),
        new Door("DELETE", at + "/dead-letters/x", "", JSON),
        new Door("PUT", "/presence", "{\"status_url\":\"http://127.0.0.1:9/{id}\"}", JSON),
        new Door("POST", "/callback", "{\"object_ids\":[2]}", JSON),
        new Door("POST", "/presence/sightings", "{\"object_ids\":[2]}", JSON),
        get("/presence/" + program, JSON),
        get("/presence/" + program + "/2", JSON),
        get("/presence/" + program + "/events", "text/event-stream"),
        new Door("DELETE", at, "", JSON));
  }

  private static Door get(String path, String answers) {
    return new Door("GET", path, "", answers);
  }

  boolean isKeyed() {
    return method.equals("POST")
        && (path.equals("/meows") || path.contains("/publish") || path.endsWith("/fetch"));
  }

  byte[] bytes() {
    return content.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
