package meower.query.model.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks the query service about the documents of an index.
 *
 * @param index its name
 * @param after they are at places behind this sequence …
 * @param to … up to this one
 * @param outside those at any other place instead, or at none
 * @param places sequences of meows that were edited or deleted: a checksum leaves them out, entries
 *     are these only; nothing is about all
 * @param cursor goes on behind this document
 */
public record IndexRange(
    String index,
    long after,
    long to,
    boolean outside,
    @Nullable List<Long> places,
    @Nullable Cursor cursor) {

  public IndexRange {
    places = places == null ? null : List.copyOf(places);
  }

  /** Asks about all places in ({@code after}, {@code to}]. */
  public static IndexRange all(String index, long after, long to) {
    return new IndexRange(index, after, to, false, null, null);
  }

  /** Asks about what has no place up to a sequence. */
  public static IndexRange outside(String index, long last) {
    return new IndexRange(index, 0, last, true, null, null);
  }

  /** Asks about some places only, or about all others. */
  public IndexRange with(List<Long> some) {
    return new IndexRange(index, after, to, outside, some, cursor);
  }

  /** Asks for the part behind a document. */
  public IndexRange behind(Cursor document) {
    return new IndexRange(index, after, to, outside, places, document);
  }

  /**
   * A document that was the last of a part.
   *
   * @param sequence as it is sorted
   * @param id as it is sorted; nothing if it has none
   */
  public record Cursor(long sequence, @Nullable String id) {}
}
