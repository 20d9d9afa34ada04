package meower.query.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the query service over NATS for everything that a search finds, newest first, a part at a
 * time: {@link FindResult}.
 *
 * @param query what somebody would type into the search
 * @param view what the first part said of its view; nothing asks for the first part
 * @param after goes on behind the meow of this sequence; 0 for the first part
 * @param take how many, 1 to {@value #MOST}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FindRequest(String query, @Nullable String view, long after, int take) {

  /** So many meows fit into an answer. */
  public static final int MOST = 500;

  private static final JsonMapper MAPPER = JsonMapper.shared();

  /** Asks for the first part. */
  public static FindRequest first(String query) {
    return new FindRequest(query, null, 0, MOST);
  }

  /** Asks for the part behind another one. */
  public FindRequest behind(FindResult part) {
    return new FindRequest(query, part.view(), part.next(), take);
  }

  /** Reads the JSON form. */
  public static FindRequest decode(byte[] json) {
    return MAPPER.readValue(json, FindRequest.class);
  }

  /** Returns the JSON form. */
  public byte[] encode() {
    return MAPPER.writeValueAsBytes(this);
  }
}
