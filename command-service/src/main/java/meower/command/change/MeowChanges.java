package meower.command.change;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.BiFunction;
import meower.command.database.OlderInstances;
import meower.command.event.EventStore;
import meower.command.meow.Unavailable;
import meower.command.outbox.RelayWakeup;
import meower.command.room.Room;
import meower.command.trail.Sender;
import meower.schema.DeletedBy;
import meower.schema.MeowEvent;
import meower.schema.MeowId;
import meower.web.ProblemException;
import org.springframework.stereotype.Component;

/** Corrects meows and takes them back. */
@Component
class MeowChanges {

  /**
   * Whoever loses against somebody else's change looks again. Nobody loses more often than a meow
   * can be changed.
   */
  private static final int TRIES = ChangeRules.MAX_EDITS + 2;

  private final Clock clock;
  private final EventStore events;
  private final ChangeRules rules;
  private final OlderInstances olderInstances;
  private final RelayWakeup relay;
  private final Room room;

  MeowChanges(
      Clock clock,
      EventStore events,
      ChangeRules rules,
      OlderInstances olderInstances,
      RelayWakeup relay,
      Room room) {
    this.clock = clock;
    this.events = events;
    this.rules = rules;
    this.olderInstances = olderInstances;
    this.relay = relay;
    this.room = room;
  }

  /**
   * Gives a meow another text. When this returns that it is done, the event is on disk and sure to
   * be published.
   *
   * @throws ProblemException 503 if that cannot be said now, or if there is no room for it
   */
  Change edit(EditMeow command, Sender sender) {
    room.require();
    return change(command.id(), sender, (latest, now) -> rules.edit(latest, command, now));
  }

  /** Takes a meow back, for ever; as {@link #edit}. */
  Change delete(MeowId id, DeletedBy by, Sender sender) {
    return change(id, sender, (latest, now) -> rules.delete(latest, by, now));
  }

  private Change change(MeowId id, Sender sender, BiFunction<MeowEvent, Instant, Change> rule) {
    if (olderInstances.knowCreationsOnly()) {
      throw Unavailable.forNow();
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    for (int tries = 0; tries < TRIES; tries++) {
      Optional<MeowEvent> latest = events.latest(id);
      Change change = latest.map(event -> rule.apply(event, now)).orElseGet(Change.Unknown::new);
      if (change instanceof Change.Needed(MeowEvent event)) {
        if (events.append(event, sender)) {
          relay.wake();
          return new Change.Done(event);
        }
      } else {
        latest.ifPresent(event -> events.confirm(event.key()));
        return change;
      }
    }
    throw Unavailable.forNow();
  }
}
