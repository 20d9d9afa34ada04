package meower.query.model.audit;

import java.util.List;
import meower.query.model.MeowDocument;
import org.jspecify.annotations.Nullable;

/**
 * A part of the documents that were asked for.
 *
 * @param next what the question for the next part goes on behind; nothing when this is the last one
 */
public record IndexEntries(List<Found> found, IndexRange.@Nullable Cursor next) {

  public IndexEntries {
    found = List.copyOf(found);
  }

  /** Returns the last part. */
  public static IndexEntries last(List<Found> found) {
    return new IndexEntries(found, null);
  }

  /**
   * A document where it stands.
   *
   * @param handle its document id
   * @param version the index's own
   * @param document nothing when it is kept without its source
   */
  public record Found(String handle, long version, @Nullable MeowDocument document) {}
}
