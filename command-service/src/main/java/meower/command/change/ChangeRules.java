package meower.command.change;

import java.time.Duration;
import java.time.Instant;
import meower.command.text.MeowBody;
import meower.schema.DeletedBy;
import meower.schema.MeowCreated;
import meower.schema.MeowDeleted;
import meower.schema.MeowEdited;
import meower.schema.MeowEvent;

/**
 * Decides about commands that change a meow, from what has happened to it and the time.
 *
 * <p>What has been done already is no change, whenever it is asked for again: who did not get the
 * answer may repeat the command. A deletion is final.
 *
 * @param editWindow for how long whoever posted a meow may change it
 */
public record ChangeRules(Duration editWindow) {

  /** So often a meow can be edited. */
  static final int MAX_EDITS = 20;

  private static final int MAX_REVISION = 1 + MAX_EDITS;

  Change edit(MeowEvent latest, EditMeow command, Instant now) {
    return switch (latest) {
      case MeowDeleted deleted -> new Change.Deleted(deleted);
      case MeowCreated created -> edit(created, MeowBody.of(created), command, now);
      case MeowEdited edited -> edit(edited, MeowBody.of(edited), command, now);
    };
  }

  Change delete(MeowEvent latest, DeletedBy by, Instant now) {
    return switch (latest) {
      case MeowDeleted deleted -> new Change.Done(deleted);
      case MeowCreated created -> deleteText(created, by, now);
      case MeowEdited edited -> deleteText(edited, by, now);
    };
  }

  /** Returns until when whoever posted a meow may change it. */
  public Instant until(Instant createdAt) {
    return createdAt.plus(editWindow);
  }

  private Change edit(MeowEvent latest, MeowBody body, EditMeow command, Instant now) {
    if (body.equals(command.body())) {
      return new Change.Done(latest);
    }
    if (!command.ifMatch().allows(latest.revision())) {
      return new Change.EditedMeanwhile(latest);
    }
    if (now.isAfter(until(latest.createdAt()))) {
      return new Change.TooLate();
    }
    if (latest.revision() >= MAX_REVISION) {
      return new Change.TooManyEdits();
    }
    return new Change.Needed(
        new MeowEdited(
            latest.id(), latest.revision() + 1, command.body().text(), latest.createdAt(), now));
  }

  private Change deleteText(MeowEvent latest, DeletedBy by, Instant now) {
    if (by == DeletedBy.AUTHOR && now.isAfter(until(latest.createdAt()))) {
      return new Change.TooLate();
    }
    return new Change.Needed(
        new MeowDeleted(latest.id(), latest.revision() + 1, latest.createdAt(), now, by));
  }
}
