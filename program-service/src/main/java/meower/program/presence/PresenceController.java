package meower.program.presence;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import meower.program.request.Postgres;
import meower.program.source.PresenceCallers;
import meower.program.source.PresenceProblems;
import meower.program.source.PresenceSource;
import meower.program.source.Sources;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /presence/{program}} and {@code /presence/{program}/{id}}. */
@RestController
final class PresenceController {

  private static final int TAG_BYTES = 12;

  private final PresenceCallers callers;
  private final Sources sources;
  private final SeenStore store;
  private final JsonMapper json;

  PresenceController(PresenceCallers callers, Sources sources, SeenStore store, JsonMapper json) {
    this.callers = callers;
    this.sources = sources;
    this.store = store;
    this.json = json;
  }

  /** An object that is here. */
  record ObjectAnswer(String id, @JsonProperty("last_seen") String lastSeen) {
    static ObjectAnswer of(SeenStore.Here here) {
      return new ObjectAnswer(here.id(), here.lastSeen().toString());
    }
  }

  /**
   * Whether the status API answers.
   *
   * @param state ok or failing
   * @param lastError for its program only
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record SourceState(
      String state,
      @Nullable String since,
      @JsonProperty("last_error") @Nullable String lastError) {

    static SourceState of(PresenceSource source, boolean isOwn) {
      @Nullable Instant since = source.failingSince();
      return since == null
          ? new SourceState("ok", null, null)
          : new SourceState("failing", since.toString(), isOwn ? source.lastError() : null);
    }
  }

  /** Everybody, and the change up to which this is. */
  record PresenceAnswer(
      String program, int count, long version, SourceState source, List<ObjectAnswer> objects) {}

  @GetMapping(value = "/presence/{program}", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> everybody(@PathVariable String program, HttpServletRequest request) {
    String caller = callers.caller(request);
    PresenceSource source = readable(caller, program);
    SeenStore.Everybody everybody =
        Postgres.ask(() -> store.everybody(program))
            .orElseThrow(() -> PresenceProblems.unknownPresence(program));
    byte[] body =
        json.writeValueAsBytes(
            new PresenceAnswer(
                program,
                everybody.objects().size(),
                everybody.version(),
                SourceState.of(source, caller.equals(program)),
                everybody.objects().stream().map(ObjectAnswer::of).toList()));
    String tag = '"' + tag(body) + '"';
    // Spring compares it with If-None-Match, and answers 304 by itself.
    return ResponseEntity.ok().eTag(tag).cacheControl(CacheControl.noCache()).body(body);
  }

  @GetMapping("/presence/{program}/{id}")
  ObjectAnswer one(
      @PathVariable String program, @PathVariable String id, HttpServletRequest request) {
    readable(callers.caller(request), program);
    return Postgres.ask(() -> store.find(program, id))
        .map(ObjectAnswer::of)
        .orElseThrow(PresenceProblems::notHere);
  }

  private PresenceSource readable(String caller, String program) {
    PresenceSource source =
        sources.find(program).orElseThrow(() -> PresenceProblems.unknownPresence(program));
    if (!caller.equals(program) && !source.definition().isPublic()) {
      throw PresenceProblems.notAllowed(caller, program);
    }
    return source;
  }

  private static String tag(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
