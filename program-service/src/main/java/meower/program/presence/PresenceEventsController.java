package meower.program.presence;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import meower.program.source.PresenceCallers;
import meower.web.events.EventOutput;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /presence/{program}/events}: who comes and who leaves as Server-Sent Events. An object
 * that is called {@code events} can be asked for as JSON.
 */
@RestController
final class PresenceEventsController {

  private static final String LAST_EVENT_ID = "Last-Event-ID";

  private final PresenceCallers callers;
  private final PresenceLists lists;
  private final PresenceStreams streams;

  PresenceEventsController(PresenceCallers callers, PresenceLists lists, PresenceStreams streams) {
    this.callers = callers;
    this.lists = lists;
    this.streams = streams;
  }

  /** Returns when the stream is over; each has a virtual thread. */
  @GetMapping(path = "/presence/{program}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  void stream(
      @PathVariable String program, HttpServletRequest request, HttpServletResponse response)
      throws IOException, InterruptedException {
    String caller = callers.caller(request);
    lists.readable(caller, program);
    if (HttpMethod.HEAD.matches(request.getMethod())) {
      EventOutput.describe(response);
      return;
    }
    streams.serve(caller, program, version(request), EventOutput.open(response));
  }

  /** What cannot be read is like what is not kept any more. */
  private static long version(HttpServletRequest request) {
    @Nullable String last = request.getHeader(LAST_EVENT_ID);
    try {
      return last == null ? -1 : Long.parseLong(last.strip());
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
