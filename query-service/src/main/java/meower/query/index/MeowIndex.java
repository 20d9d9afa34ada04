package meower.query.index;

import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import java.util.Set;

/**
 * An index of meows as it is there.
 *
 * @param uuid which index of this name it is: one that was lost and made again has another one
 * @param fields what its mapping knows; others it refuses
 */
public record MeowIndex(IndexName name, String uuid, Set<String> fields) {

  private static final String CONSUMER = "indexer-";
  private static final String GONE = "gone";
  private static final String TEXT = "text";

  public MeowIndex {
    fields = Set.copyOf(fields);
  }

  /** Returns the epoch of the sequences inside. */
  public String epoch() {
    return name.epoch();
  }

  /**
   * Returns the name of the consumer that fills it.
   *
   * <p>What the consumer has acknowledged is in this very index, so an index that was lost and made
   * again needs another consumer. Before there were generations, the name was all.
   */
  public String consumer() {
    return CONSUMER + name + (name.generation() == 0 ? "" : "-" + uuid);
  }

  /**
   * Returns what finds every meow but those that were deleted, to be narrowed further.
   *
   * <p>An index of the mapping before deletions, which is read until the next one is filled, tells
   * a deleted meow by its having no text.
   */
  public BoolQuery.Builder shown() {
    BoolQuery.Builder shown = new BoolQuery.Builder();
    return fields.contains(GONE)
        ? shown.mustNot(q -> q.term(t -> t.field(GONE).value(true)))
        : shown.filter(q -> q.exists(e -> e.field(TEXT)));
  }

  /** Tells whether it knows which revision its meows are of, and which events made them. */
  public boolean hasRevisions() {
    return fields.contains("revision");
  }

  /** Tells whether it has the tokens of its meows; before the fourth mapping it had their texts. */
  public boolean hasWords() {
    return fields.contains("words");
  }

  /** Tells whether this is the name of a consumer that fills an index. */
  public static boolean isConsumer(String name) {
    return name.startsWith(CONSUMER + "meows-v");
  }

  @Override
  public String toString() {
    return name.toString();
  }
}
