package meower.program.presence;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import meower.program.request.Postgres;
import meower.program.source.PresenceProblems;
import meower.program.source.PresenceSource;
import meower.program.source.Sources;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Who is here, for those who may know. */
@Component
final class PresenceLists {

  private final Sources sources;
  private final SeenStore store;
  private final JsonMapper json;

  PresenceLists(Sources sources, SeenStore store, JsonMapper json) {
    this.sources = sources;
    this.store = store;
    this.json = json;
  }

  /** An object, and when it was last seen. */
  record ObjectAnswer(String id, @JsonProperty("last_seen") String lastSeen) {}

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

  /**
   * A list.
   *
   * @param version of the last change that is in it
   * @param json without line breaks
   */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares or changes it
  record Listed(long version, byte[] json) {}

  /**
   * Returns the presence of a program.
   *
   * @throws meower.web.ProblemException 404 if it has none, 403 if the caller may not see it
   */
  PresenceSource readable(String caller, String program) {
    PresenceSource source =
        sources.find(program).orElseThrow(() -> PresenceProblems.unknownPresence(program));
    if (!caller.equals(program) && !source.definition().isPublic()) {
      throw PresenceProblems.notAllowed(caller, program);
    }
    return source;
  }

  /**
   * Lists everybody.
   *
   * @param isOwn whether the caller may know all
   * @throws meower.web.ProblemException 404 if the presence is gone, 503 while Postgres is away
   */
  Listed list(String program, boolean isOwn) {
    PresenceSource source =
        sources.find(program).orElseThrow(() -> PresenceProblems.unknownPresence(program));
    SeenStore.Everybody everybody =
        Postgres.ask(() -> store.everybody(program))
            .orElseThrow(() -> PresenceProblems.unknownPresence(program));
    byte[] body =
        json.writeValueAsBytes(
            new PresenceAnswer(
                program,
                everybody.objects().size(),
                everybody.version(),
                SourceState.of(source, isOwn),
                everybody.objects().stream()
                    .map(here -> new ObjectAnswer(here.id(), here.lastSeen().toString()))
                    .toList()));
    return new Listed(everybody.version(), body);
  }
}
