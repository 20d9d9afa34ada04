package meower.testservers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Reads a stream of events as the standard says, and notes all of them. */
public final class EventReader implements AutoCloseable {

  /**
   * One event.
   *
   * @param id the last one that was said
   */
  public record Event(String name, String id, String data) {}

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final List<String> comments = new CopyOnWriteArrayList<>();
  private final InputStream body;
  private final HttpResponse<InputStream> response;
  private volatile @Nullable String retry;
  private volatile boolean ended;

  /**
   * Connects.
   *
   * @param lastEventId the id of the last event that was read, if one was
   * @param headers names and values in turn
   */
  public EventReader(URI address, @Nullable String lastEventId, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).header("Accept", "text/event-stream");
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    body = response.body();
    Thread.ofVirtual().start(this::read);
  }

  public HttpResponse<InputStream> response() {
    return response;
  }

  public List<Event> events() {
    return List.copyOf(events);
  }

  public List<String> data(String name) {
    return events.stream().filter(event -> event.name().equals(name)).map(Event::data).toList();
  }

  public List<String> comments() {
    return List.copyOf(comments);
  }

  public @Nullable String retry() {
    return retry;
  }

  public boolean hasEnded() {
    return ended;
  }

  @Override
  public void close() {
    http.shutdownNow();
    try {
      body.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read() {
    String name = "message";
    String id = "";
    StringBuilder data = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          if (!data.isEmpty()) {
            events.add(new Event(name, id, data.toString()));
          }
          name = "message";
          data.setLength(0);
        } else if (line.startsWith(":")) {
          comments.add(line);
        } else if (line.startsWith("event: ")) {
          name = line.substring("event: ".length());
        } else if (line.startsWith("id: ")) {
          id = line.substring("id: ".length());
        } else if (line.startsWith("data: ")) {
          data.append(line.substring("data: ".length()));
        } else if (line.startsWith("retry: ")) {
          retry = line.substring("retry: ".length());
        }
      }
    } catch (IOException _) {
      // The connection was cut, which is an end as well.
    }
    ended = true;
  }
}
