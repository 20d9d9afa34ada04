package meower.bench.relevance;

import java.io.IOException;

/**
 * What Meower's search has reached, and does not fall below; whoever makes it better raises it.
 *
 * @param recall as that of a {@link Result}
 * @param precision as that of a {@link Result}
 * @param meanReciprocalRank as that of a {@link Result}
 */
record Floor(double recall, double precision, double meanReciprocalRank) {

  /** Reads {@code floor.json}. */
  static Floor read() throws IOException {
    return Judgements.read("floor.json", Floor.class);
  }
}
