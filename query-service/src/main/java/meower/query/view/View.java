package meower.query.view;

import co.elastic.clients.elasticsearch._types.query_dsl.BoolQuery;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.json.JsonData;
import meower.query.index.MeowIndex;
import meower.schema.Position;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;

/**
 * What a request sees: exactly the meows of an index up to a position, whatever is indexed
 * meanwhile. What was edited or deleted after that may show already.
 *
 * @param position everything up to it is in the index
 */
public record View(MeowIndex index, Position position) {

  /** The header that says the position. */
  public static final String POSITION_HEADER = "Meower-Position";

  /** Returns what finds every meow of this view, to be narrowed further. */
  public BoolQuery.Builder shown() {
    return index.shown().filter(upTo(position.sequence()));
  }

  /** Tells whether a meow of this sequence is in the view. */
  public boolean shows(long sequence) {
    return sequence <= position.sequence();
  }

  /** Tells whether everything up to another position is in the view. */
  public boolean reaches(Position other) {
    return other.epoch().equals(position.epoch()) && shows(other.sequence());
  }

  /**
   * Has {@link Views#read} read again from a later view, unless a meow of this sequence is in this
   * one. Between the view's end and that meow it is not known what there is.
   */
  public void requireShown(long sequence) {
    if (!shows(sequence)) {
      throw behind("sequence " + sequence);
    }
  }

  /**
   * Returns what has {@link Views#read} read again from a later view.
   *
   * @param shown what was shown and is not in this one, in words
   */
  public RuntimeException behind(String shown) {
    return new BehindException(this + " does not reach " + shown);
  }

  /** Returns the headers of an answer from this view. */
  public HttpHeaders headers() {
    HttpHeaders headers = new HttpHeaders();
    headers.setCacheControl(CacheControl.noStore());
    headers.set(POSITION_HEADER, position.toString());
    return headers;
  }

  private static Query upTo(long sequence) {
    return Query.of(
        q -> q.range(r -> r.untyped(u -> u.field("sequence").lte(JsonData.of(sequence)))));
  }
}
