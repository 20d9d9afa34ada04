package meower.query.timeline;

import java.util.Map;
import meower.schema.MeowId;
import meower.schema.Position;

/**
 * Meows out of memory, by their ids.
 *
 * @param position none of them is older than that
 */
record HeldMeows(Position position, Map<MeowId, EncodedMeow> meows) {

  HeldMeows {
    meows = Map.copyOf(meows);
  }
}
