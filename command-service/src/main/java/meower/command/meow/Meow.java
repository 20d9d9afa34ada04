package meower.command.meow;

import java.time.Instant;
import meower.command.text.MeowBody;
import meower.schema.MeowCreated;
import meower.schema.MeowId;

/**
 * A meow that was accepted.
 *
 * @param createdAt when, to the microsecond, which is what Postgres keeps
 */
public record Meow(MeowId id, MeowBody body, Instant createdAt) {

  public static Meow of(MeowCreated created) {
    return new Meow(created.id(), MeowBody.of(created), created.createdAt());
  }
}
