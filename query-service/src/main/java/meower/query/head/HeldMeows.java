package meower.query.head;

import java.util.Map;
import meower.query.meow.EncodedMeow;
import meower.schema.MeowId;
import meower.schema.Position;

/**
 * Meows out of memory, by their ids.
 *
 * @param position none of them is older than that
 */
public record HeldMeows(Position position, Map<MeowId, EncodedMeow> meows) {

  public HeldMeows {
    meows = Map.copyOf(meows);
  }
}
