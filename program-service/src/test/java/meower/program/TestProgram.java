package meower.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import meower.testservers.EventReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program as it calls the service. */
public final class TestProgram {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String url;
  private final String pass;

  public TestProgram(String url, String pass) {
    this.url = url;
    this.pass = pass;
  }

  /** What a fetch brought. */
  public record Message(String id, String body, String lease, int delivery, JsonNode json) {
    static Message of(JsonNode json) {
      return new Message(
          json.get("id").stringValue(),
          json.path("body").isString()
              ? json.get("body").stringValue()
              : json.path("body").toString(),
          json.get("lease").stringValue(),
          json.get("delivery").intValue(),
          json);
    }
  }

  /** Sends a request, with further headers: names and values in turn. */
  public HttpResponse<String> send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
    if (pass != null) {
      request.header("Meower-Pass", pass);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    try {
      return HTTP.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Reads a stream of events. */
  public EventReader read(String path, String lastEventId) throws Exception {
    return new EventReader(URI.create(url + path), lastEventId, "Meower-Pass", pass);
  }

  public HttpResponse<String> put(String queue, String definition) {
    return send("PUT", "/queues/" + queue, definition, "Content-Type", "application/json");
  }

  public HttpResponse<String> get(String path) {
    return send("GET", path, null);
  }

  public HttpResponse<String> delete(String path) {
    return send("DELETE", path, null);
  }

  public HttpResponse<String> post(String path) {
    return send("POST", path, null);
  }

  public HttpResponse<String> postJson(String path, String json) {
    return send("POST", path, json, "Content-Type", "application/json");
  }

  /** Publishes a text; returns its id. */
  public String publish(String queue, String text) {
    HttpResponse<String> answer =
        send("POST", "/queues/" + queue + "/publish", text, "Content-Type", "text/plain");
    if (answer.statusCode() != 201) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return json(answer).get("ids").get(0).stringValue();
  }

  /** Fetches, with parameters like {@code max=2&wait=1s}. */
  public List<Message> fetch(String queue, String parameters) {
    HttpResponse<String> answer = post("/queues/" + queue + "/fetch?" + parameters);
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return messages(answer);
  }

  public Message fetch(String queue) {
    return fetch(queue, "wait=3s").getFirst();
  }

  /** Settles a lease; returns the status. */
  public int settle(String deed, String queue, String lease) {
    return post("/queues/" + queue + "/" + deed + "/" + lease).statusCode();
  }

  public static List<Message> messages(HttpResponse<String> answer) {
    return StreamSupport.stream(json(answer).get("messages").spliterator(), false)
        .map(Message::of)
        .toList();
  }

  public static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  /** Returns the last part of the problem's type. */
  static String problem(HttpResponse<String> answer) {
    return json(answer).path("type").asString().replace("/problems/", "");
  }
}
