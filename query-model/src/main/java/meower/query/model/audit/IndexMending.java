package meower.query.model.audit;

import java.util.List;

/**
 * Has the query service write documents of an index again, each as the stream says. What has
 * changed since it was looked at is left alone.
 *
 * @param index its name
 * @param wrong documents that are to go, at most {@value #MOST}
 * @param events of which the documents are to come, at most {@value #MOST}
 */
public record IndexMending(String index, List<Document> wrong, List<Event> events) {

  /** So many are mended together: each event is looked up in the stream. */
  public static final int MOST = 500;

  public IndexMending {
    wrong = List.copyOf(wrong);
    events = List.copyOf(events);
  }

  /**
   * A document as it was looked at.
   *
   * @param handle its document id
   * @param version the index's own
   */
  public record Document(String handle, long version) {}

  /**
   * The latest event of a meow.
   *
   * @param sequence its own
   * @param version the index's own of the document in its place, 0 when there is none
   */
  public record Event(long sequence, long version) {}
}
