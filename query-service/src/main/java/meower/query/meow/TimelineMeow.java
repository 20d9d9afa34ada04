package meower.query.meow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;
import meower.schema.EventKey;
import meower.schema.MeowCreated;
import meower.schema.MeowEdited;
import org.jspecify.annotations.Nullable;

/**
 * A meow as clients get it, and exactly the fields that the index is asked for.
 *
 * @param revision how often it was written, 2 or more; nothing when it is as it was posted
 * @param editedAt when it was written for the last time, if it is not as it was posted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TimelineMeow(
    String id,
    String body,
    @JsonProperty("created_at") String createdAt,
    @Nullable Integer revision,
    @JsonProperty("edited_at") @Nullable String editedAt)
    implements MeowNow {

  private static final int HEADLINE_LENGTH = 80;

  /** Returns the meow as it was posted. */
  public static TimelineMeow of(MeowCreated meow) {
    return new TimelineMeow(
        meow.id().value(), meow.body(), meow.createdAt().toString(), null, null);
  }

  /** Returns the meow as it is after an edit. */
  public static TimelineMeow of(MeowEdited meow) {
    return new TimelineMeow(
        meow.id().value(),
        meow.body(),
        meow.createdAt().toString(),
        meow.revision(),
        meow.editedAt().toString());
  }

  @Override
  public int reached() {
    return Objects.requireNonNullElse(revision, EventKey.CREATION);
  }

  /** Returns its beginning in one line, for lists; not cut inside of a letter's two halves. */
  public String headline() {
    String line = body.replaceAll("\\s+", " ");
    int length = line.codePointCount(0, line.length());
    return length <= HEADLINE_LENGTH
        ? line
        : line.substring(0, line.offsetByCodePoints(0, HEADLINE_LENGTH - 1)) + "…";
  }
}
