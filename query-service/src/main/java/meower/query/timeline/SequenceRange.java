package meower.query.timeline;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonData;
import java.util.OptionalLong;
import meower.query.view.View;

/**
 * A stretch of the stream.
 *
 * @param above the sequence before its first one
 * @param below the sequence after its last one
 */
record SequenceRange(long above, long below) {

  /**
   * Returns what a view shows between two cursors.
   *
   * @param after the sequence of the meow that it begins behind
   * @param before the sequence of the meow that it ends before
   */
  static SequenceRange of(View view, OptionalLong after, OptionalLong before) {
    long end = view.position().sequence() + 1;
    return new SequenceRange(after.orElse(0), Math.min(before.orElse(end), end));
  }

  /**
   * Returns so many sequences of one end, or all of them.
   *
   * @param lower whether of the lower end
   */
  SequenceRange end(boolean lower, long count) {
    if (below - above - 1 <= count) {
      return this;
    }
    return lower
        ? new SequenceRange(above, above + count + 1)
        : new SequenceRange(below - count - 1, below);
  }

  Query query() {
    return Query.of(q ->
        q.range(r ->
            r.untyped(u -> u.field("sequence").gt(JsonData.of(above)).lt(JsonData.of(below)))));
  }
}
