package meower.program.source;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import meower.program.outbound.OutboundCalls;
import meower.program.request.Content;
import meower.program.request.Durations;
import meower.program.request.Postgres;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code PUT /presence}. */
@RestController
final class SourceController {

  private static final int MOST_BYTES = 16 * 1024;

  private final PresenceCallers callers;
  private final Sources sources;
  private final OutboundCalls calls;

  SourceController(PresenceCallers callers, Sources sources, OutboundCalls calls) {
    this.callers = callers;
    this.sources = sources;
    this.calls = calls;
  }

  /** A definition as programs see it. */
  record SourceAnswer(
      String program,
      @JsonProperty("status_url") String statusUrl,
      @JsonProperty("online_for") String onlineFor,
      String timeout,
      @JsonProperty("max_in_flight") int maxInFlight,
      @JsonProperty("public") boolean isPublic) {

    static SourceAnswer of(String program, SourceDefinition definition) {
      return new SourceAnswer(
          program,
          definition.statusUrl(),
          Durations.format(definition.onlineFor()),
          Durations.format(definition.timeout()),
          definition.maxInFlight(),
          definition.isPublic());
    }
  }

  @PutMapping("/presence")
  ResponseEntity<SourceAnswer> put(HttpServletRequest request) throws IOException {
    String caller = callers.caller(request);
    SourceDefinition definition =
        SourceDefinition.of(
            Content.json(
                request, MOST_BYTES, "The definition of a presence has at most 16 KiB: send less."),
            calls);
    boolean isNew = Postgres.ask(() -> sources.define(caller, definition));
    SourceAnswer answer = SourceAnswer.of(caller, definition);
    return isNew
        ? ResponseEntity.created(URI.create("/presence/" + caller)).body(answer)
        : ResponseEntity.ok(answer);
  }
}
