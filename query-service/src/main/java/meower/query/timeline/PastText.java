package meower.query.timeline;

import java.util.Optional;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;

/**
 * A text that a meow had.
 *
 * @param at since when, RFC 3339
 */
record PastText(int revision, String body, String at) {

  /** Returns the text that came with an event, if one did. */
  static Optional<PastText> of(MeowEvent event) {
    return switch (event) {
      case MeowCreated created ->
          Optional.of(
              new PastText(created.revision(), created.body(), created.createdAt().toString()));
      case MeowEdited edited ->
          Optional.of(new PastText(edited.revision(), edited.body(), edited.editedAt().toString()));
      case MeowDeleted _ -> Optional.empty();
    };
  }
}
