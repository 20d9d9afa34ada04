package meower.query.meow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import meower.web.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * What is left of a meow that was taken back.
 *
 * @param deletedAt nothing while an index is read that was made before there were deletions; so is
 *     {@code by}
 * @param by who deleted it, see {@link meower.schema.DeletedBy}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeletedMeow(
    String id, @JsonProperty("deleted_at") @Nullable String deletedAt, @Nullable String by)
    implements MeowNow {

  @Override
  public int reached() {
    return Integer.MAX_VALUE;
  }

  /** Returns what somebody is told who asks for this meow. */
  public ProblemException problem() {
    ProblemException problem =
        new ProblemException(
            HttpStatus.GONE,
            "deleted",
            "The meow was deleted",
            "It was taken back and will not come back. Remove it wherever you show it.");
    if (by != null && deletedAt != null) {
      problem.getBody().setProperties(Map.of("by", by, "deleted_at", deletedAt));
    }
    return problem;
  }
}
