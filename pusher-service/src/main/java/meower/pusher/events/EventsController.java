package meower.pusher.events;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.UUID;
import meower.pusher.hub.FeedRequest;
import meower.pusher.hub.Hub;
import meower.pusher.hub.HubProperties;
import meower.web.Client;
import meower.web.ProblemException;
import meower.web.events.EventOutput;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /events}: the live feed as Server-Sent Events. */
@RestController
final class EventsController {

  private static final String LAST_EVENT_ID = "Last-Event-ID";

  private final Hub hub;
  private final HubProperties properties;

  EventsController(Hub hub, HubProperties properties) {
    this.hub = hub;
    this.properties = properties;
  }

  /** Returns when the stream is over; each has a virtual thread. */
  @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void stream(HttpServletRequest http, HttpServletResponse response)
      throws IOException, InterruptedException {
    FeedRequest request = request(http);
    if (HttpMethod.HEAD.matches(http.getMethod())) {
      EventOutput.describe(response);
      return;
    }
    String id = "events-" + UUID.randomUUID();
    EventStream stream = new EventStream(EventOutput.open(response), () -> hub.ponged(id));
    try {
      hub.join(id, stream, request, Client.of(http));
      stream.await();
    } finally {
      hub.leave(id);
    }
  }

  /** What a browser says when it comes back goes before what stands in the address. */
  private FeedRequest request(HttpServletRequest http) {
    @Nullable String query = http.getQueryString();
    FeedRequest request = FeedRequest.of(address(query), properties.maxTopics());
    @Nullable String last = http.getHeader(LAST_EVENT_ID);
    return last == null || last.isBlank() ? request : request.from(last);
  }

  private static URI address(@Nullable String query) {
    try {
      return new URI("/events" + (query == null ? "" : "?" + query));
    } catch (URISyntaxException e) {
      throw ProblemException.malformed("Send the parameters as percent-encoded, valid UTF-8.");
    }
  }
}
