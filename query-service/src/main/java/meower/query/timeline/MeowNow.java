package meower.query.timeline;

import java.util.Objects;
import meower.schema.EventKey;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;

/** What clients are told of a meow: how it reads now, or that it was deleted. */
sealed interface MeowNow permits TimelineMeow, DeletedMeow {

  String id();

  /** Returns the meow as it is after an event. */
  static MeowNow after(MeowEvent event) {
    return switch (event) {
      case MeowCreated created ->
          new TimelineMeow(
              created.id().value(), created.body(), created.createdAt().toString(), null, null);
      case MeowEdited edited ->
          new TimelineMeow(
              edited.id().value(),
              edited.body(),
              edited.createdAt().toString(),
              edited.revision(),
              edited.editedAt().toString());
      case MeowDeleted deleted ->
          new DeletedMeow(
              deleted.id().value(), deleted.deletedAt().toString(), deleted.by().text());
    };
  }

  /** Returns up to which revision whoever knows this has nothing to wait for. */
  default int reached() {
    return switch (this) {
      case TimelineMeow meow -> Objects.requireNonNullElse(meow.revision(), EventKey.CREATION);
      case DeletedMeow _ -> Integer.MAX_VALUE;
    };
  }
}
