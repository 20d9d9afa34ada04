package meower.command.meow;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;
import org.jspecify.annotations.Nullable;

/**
 * A meow as clients get it.
 *
 * @param revision from 2 on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MeowResponse(
    String id,
    String body,
    @JsonProperty("created_at") Instant createdAt,
    @Nullable Integer revision,
    @JsonProperty("edited_at") @Nullable Instant editedAt) {

  public static MeowResponse of(Meow meow) {
    return new MeowResponse(meow.id().value(), meow.body().text(), meow.createdAt(), null, null);
  }

  /**
   * Returns the meow as it is after its latest event.
   *
   * @throws IllegalArgumentException for a deletion: there is no meow any more
   */
  public static MeowResponse of(MeowEvent latest) {
    return switch (latest) {
      case MeowCreated(var id, String body, Instant createdAt) ->
          new MeowResponse(id.value(), body, createdAt, null, null);
      case MeowEdited(var id, int revision, String body, Instant createdAt, Instant editedAt) ->
          new MeowResponse(id.value(), body, createdAt, revision, editedAt);
      case MeowDeleted _ -> throw new IllegalArgumentException("a deleted meow is not shown");
    };
  }
}
