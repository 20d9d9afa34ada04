package meower.command.post;

import java.util.Optional;
import meower.command.meow.Unavailable;
import meower.command.room.Room;
import meower.command.text.InvalidBodyException;
import meower.command.text.TypedText;
import meower.command.trail.Sender;
import meower.database.SchemaMigration;
import meower.web.ProblemException;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Takes meows from whoever says something, over whatever they say it.
 *
 * <p>What is begun one after the other by the same thread stands in the stream in that order,
 * however many are under way.
 */
@Component
public class Posting {

  private final Meows meows;
  private final SchemaMigration schema;
  private final Room room;

  Posting(Meows meows, SchemaMigration schema, Room room) {
    this.meows = meows;
    this.schema = schema;
    this.room = room;
  }

  /**
   * Begins to store a meow, and waits for nothing.
   *
   * @throws ProblemException 503 if too many are waiting already, or if there is no room for more
   */
  public BegunPost begin(TypedText typed, Optional<PostKey> key, Sender sender) {
    PostMeow command;
    try {
      command = new PostMeow(typed.accepted(), key, sender);
    } catch (InvalidBodyException e) {
      return () -> answer(() -> repeated(typed, key, e));
    }
    if (!schema.isDone()) {
      throw Unavailable.forNow();
    }
    room.require();
    BegunPost begun = meows.begin(command);
    return () -> answer(begun);
  }

  /** What was accepted under its key stays so when the rules have become stricter meanwhile. */
  private Posted repeated(TypedText typed, Optional<PostKey> key, InvalidBodyException refusal) {
    return key.flatMap(known -> meows.repeated(known, typed)).orElseThrow(refusal::toProblem);
  }

  private static Posted answer(BegunPost begun) {
    try {
      return begun.await();
    } catch (DataAccessException e) {
      throw Unavailable.because(e);
    }
  }
}
