package meower.schema.program;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Programs, by name. */
public record ProgramList(List<Entry> programs) {

  public ProgramList {
    programs = List.copyOf(programs);
  }

  /**
   * One of them.
   *
   * @param secrets how many it is known by now
   * @param lastUsedAt to the minute; nothing when it never came
   */
  public record Entry(
      String name,
      Set<String> scopes,
      int secrets,
      Instant createdAt,
      @Nullable Instant lastUsedAt) {

    public Entry {
      scopes = Set.copyOf(scopes);
    }
  }
}
